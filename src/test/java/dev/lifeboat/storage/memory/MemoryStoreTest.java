package dev.lifeboat.storage.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.storage.ByteRange;
import dev.lifeboat.storage.ByteSource;
import dev.lifeboat.storage.ObjectInfo.Availability;
import dev.lifeboat.storage.ObjectStore;
import dev.lifeboat.storage.ObjectStoreContract;
import dev.lifeboat.storage.PutOptions;
import dev.lifeboat.storage.StorageException.Kind;
import dev.lifeboat.storage.ThawTier;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;

class MemoryStoreTest extends ObjectStoreContract {
    private Instant now = Instant.parse("2026-04-07T14:30:00Z");

    @Override
    protected ObjectStore open() {
        InstantSource source = () -> now;
        return new MemoryStore("memory", source.withZone(ZoneOffset.UTC), Duration.ofHours(4));
    }

    @Test
    void thawsWhatLiesInAnArchive() throws Exception {
        store.put(
                "yearly",
                ByteSource.of(bytes("content")),
                PutOptions.plain().withStorageClass("DEEP_ARCHIVE"));
        assertThat(availability()).isEqualTo(Availability.ARCHIVED);
        fails(Kind.ARCHIVED, () -> store.get("yearly", ByteRange.whole(), null));

        store.thaw("yearly", 2, ThawTier.STANDARD);
        now = now.plus(Duration.ofHours(3));
        assertThat(availability()).isEqualTo(Availability.THAWING);
        fails(Kind.ARCHIVED, () -> store.get("yearly", ByteRange.whole(), null));

        now = now.plus(Duration.ofHours(1));
        assertThat(availability()).isEqualTo(Availability.THAWED);
        assertThat(text("yearly", ByteRange.whole())).isEqualTo("content");

        now = now.plus(Duration.ofDays(2));
        assertThat(availability()).isEqualTo(Availability.ARCHIVED);
    }

    private Availability availability() throws Exception {
        return store.head("yearly").orElseThrow().availability();
    }
}
