package dev.lifeboat.rotation;

import dev.lifeboat.catalog.BackupStatus;
import dev.lifeboat.catalog.CatalogEntry;
import dev.lifeboat.catalog.CatalogListing;
import dev.lifeboat.crypto.EncryptionKey;
import dev.lifeboat.crypto.KeyFingerprint;
import dev.lifeboat.crypto.KeyRing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts together which key opens what. */
final class KeyUses {
    private final KeyRing keys;

    KeyUses(KeyRing keys) {
        this.keys = keys;
    }

    /** What was found of one key. */
    private static final class Found {
        private final List<CatalogEntry> backups = new ArrayList<>();
        private final List<String> wal = new ArrayList<>();
    }

    List<KeyUse> of(CatalogListing listing, List<WalKeys.Named> wal) {
        Map<Optional<String>, Found> found = new LinkedHashMap<>();
        for (EncryptionKey key : keys.keys()) {
            found.put(Optional.of(key.fingerprint().hex()), new Found());
        }
        for (CatalogEntry entry : listing.entries()) {
            if (entry.status() != BackupStatus.UNFINISHED) {
                found.computeIfAbsent(entry.facts().keyFingerprint(), _ -> new Found())
                        .backups
                        .add(entry);
            }
        }
        for (WalKeys.Named named : wal) {
            found.computeIfAbsent(named.key().map(KeyFingerprint::hex), _ -> new Found())
                    .wal
                    .add(named.file().file().name());
        }
        return found.entrySet().stream().map(use -> use(use.getKey(), use.getValue())).toList();
    }

    private KeyUse use(Optional<String> fingerprint, Found found) {
        List<Instant> times =
                found.backups.stream().map(entry -> entry.facts().startedAt()).toList();
        return new KeyUse(
                fingerprint,
                fingerprint
                        .filter(hex -> keys.find(new KeyFingerprint(hex)).isPresent())
                        .isPresent(),
                fingerprint.filter(keys.current().fingerprint().hex()::equals).isPresent(),
                found.backups.stream().map(CatalogEntry::id).toList(),
                times.stream().min(Comparator.naturalOrder()),
                times.stream().max(Comparator.naturalOrder()),
                found.wal.size(),
                found.wal.stream().min(Comparator.naturalOrder()),
                found.wal.stream().max(Comparator.naturalOrder()));
    }
}
