package dev.lifeboat.ui.catalog;

import dev.lifeboat.catalog.BackupKind;
import dev.lifeboat.catalog.RegionState;
import dev.lifeboat.catalog.VerifyLevel;
import dev.lifeboat.kernel.ByteSize;
import dev.lifeboat.kernel.TimeSpan;
import dev.lifeboat.retention.Generation;
import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.control.Icons;
import dev.lifeboat.ui.task.TimeText;
import dev.lifeboat.ui.theme.Role;

import javafx.scene.Node;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** What the catalog says of a backup, a word for each state. */
final class Words {
    private static final int KEY_DIGITS = 8;

    private Words() {}

    static Word of(CatalogRow.Copy copy) {
        if (copy == null) {
            return Word.plain("-");
        }
        return switch (copy.state()) {
            case PRESENT -> Word.of(Role.OK, Messages.text("catalog.present"));
            case MISSING -> Word.of(Role.DANGER, Messages.text("catalog.missing"));
            case DAMAGED ->
                    Word.of(
                            Role.WARN,
                            Messages.text("catalog.damaged", copy.objects(), copy.expected()));
            case UNREACHABLE -> Word.of(Role.MUTED, Messages.text("catalog.notKnown"));
        };
    }

    /** What a region has of several: all whole, or how many of them how. */
    static Word ofCopies(List<CatalogRow.Copy> copies) {
        if (copies.stream().allMatch(Objects::isNull)) {
            return Word.plain("-");
        }
        long lacking = copies.stream().filter(CatalogRow::lacks).count();
        long missing = copies.stream().filter(Words::isMissing).count();
        long notKnown = copies.stream().filter(CatalogRow::isNotKnown).count();
        if (lacking > 0) {
            return missing == lacking
                    ? Word.of(Role.DANGER, Messages.text("catalog.missingCount", missing))
                    : Word.of(
                            missing == 0 ? Role.WARN : Role.DANGER,
                            Messages.text("catalog.notWhole", lacking));
        }
        return notKnown > 0
                ? Word.of(Role.MUTED, Messages.text("catalog.notKnown"))
                : Word.of(Role.OK, Messages.text("catalog.allWhole"));
    }

    private static boolean isMissing(CatalogRow.Copy copy) {
        return copy != null && copy.state() == RegionState.MISSING;
    }

    /** How old the newest of several is that was proven. */
    static Word verified(Tally tally, TimeText times) {
        return tally.newestProven()
                .map(row -> Word.of(Role.OK, newest(row.startedAt(), times)))
                .orElseGet(() -> Word.of(Role.WARN, Messages.text("catalog.noneProven")));
    }

    /** How old the newest of several is. */
    static String newest(Instant at, TimeText times) {
        return Messages.text("catalog.newest", age(at, times));
    }

    /** The level and how long ago; in red when it was found wrong. */
    static Word verified(CatalogRow row, TimeText times) {
        if (row.level() == null) {
            return Word.of(Role.MUTED, Messages.text("catalog.never"));
        }
        String age = age(row.verifiedAt(), times);
        return row.verifiedOk()
                ? Word.of(Role.OK, level(row.level()) + " " + age)
                : Word.of(Role.DANGER, Messages.text("catalog.foundWrong", age));
    }

    private static String age(Instant at, TimeText times) {
        return TimeSpan.roughly(Duration.between(at, times.clock().instant()));
    }

    static String level(VerifyLevel level) {
        return switch (level) {
            case LISTED -> Messages.text("verify.listed");
            case CHECKSUM -> Messages.text("verify.checksum");
            case READABLE -> Messages.text("verify.readable");
            case RESTORED -> Messages.text("verify.restored");
        };
    }

    /** The storage class; what must thaw first is amber, since it makes a restore wait. */
    static Word storage(CatalogRow row) {
        return row.isArchived()
                ? Word.of(
                        Role.WARN, Messages.text("storage.thawing", storageClass(row), hours(row)))
                : Word.plain(storageClass(row));
    }

    static String storageClass(CatalogRow row) {
        return switch (row.storageClass()) {
            case "STANDARD" -> Messages.text("storage.standard");
            case "STANDARD_IA" -> Messages.text("storage.infrequent");
            case "GLACIER_IR" -> Messages.text("storage.instant");
            case "GLACIER" -> Messages.text("storage.glacier");
            case "DEEP_ARCHIVE" -> Messages.text("storage.deep");
            default -> row.storageClass();
        };
    }

    private static String hours(CatalogRow row) {
        return Messages.text(
                row.storageClass().equals("GLACIER")
                        ? "storage.hoursGlacier"
                        : "storage.hoursDeep");
    }

    /** Of several, that so many must thaw first. */
    static Word toThaw(long count) {
        return Word.of(Role.WARN, Messages.text("storage.toThaw", count));
    }

    /** The day and the longest of what it is kept as; empty where no rule keeps it. */
    static String keptUntil(CatalogRow row) {
        return row.keptUntil() == null
                ? ""
                : row.keptUntil().atOffset(ZoneOffset.UTC).toLocalDate()
                        + " "
                        + generation(Collections.max(row.generations()));
    }

    /** What the rules of retention keep it as, the shortest first; empty where none does. */
    static String kept(CatalogRow row) {
        return row.generations().stream()
                .sorted()
                .map(Words::generation)
                .collect(Collectors.joining(", "));
    }

    private static String generation(Generation generation) {
        return switch (generation) {
            case DAILY -> Messages.text("kept.daily");
            case WEEKLY -> Messages.text("kept.weekly");
            case MONTHLY -> Messages.text("kept.monthly");
            case YEARLY -> Messages.text("kept.yearly");
        };
    }

    /** How long it takes to thaw; Source: Amazon S3 documentation, "Archive retrieval options". */
    static String thaw(CatalogRow row) {
        return switch (row.storageClass()) {
            case "GLACIER" -> Messages.text("storage.thawGlacier");
            case "DEEP_ARCHIVE" -> Messages.text("storage.thawDeep");
            default -> Messages.text("storage.noThaw");
        };
    }

    static String shortKey(String fingerprint) {
        return fingerprint.length() <= KEY_DIGITS
                ? fingerprint
                : fingerprint.substring(0, KEY_DIGITS);
    }

    /** Of a base; empty of another kind. */
    static String timeline(CatalogRow row) {
        return row.timeline() == 0 ? "" : String.valueOf(row.timeline());
    }

    /** The heading of all backups of a kind. */
    static String kinds(BackupKind kind) {
        return switch (kind) {
            case BASE -> Messages.text("group.bases");
            case FULL -> Messages.text("group.fulls");
            case CONFIG -> Messages.text("group.configs");
        };
    }

    /** A group's name, and how many backups it holds. */
    static String heading(CatalogGroup group) {
        return Messages.text("group.heading", group.name(), group.tally().count());
    }

    /** A backup in words, for who hears its line. */
    static String spoken(CatalogRow row) {
        return Messages.text(
                "catalog.spoken", kind(row.kind()), row.id(), Standing.of(row).word().text());
    }

    /** A group in words: all that its line says, and what there is no room for. */
    static String spoken(CatalogGroup group, TimeText times) {
        Tally tally = group.tally();
        return Messages.text(
                "group.spoken",
                group.name(),
                Messages.count("catalog.count", tally.count()),
                tally.worst().text(),
                times.utc(tally.newest()),
                tally.newestProven()
                        .map(row -> times.utc(row.startedAt()))
                        .orElseGet(() -> Messages.text("catalog.noneProven")),
                ByteSize.format(tally.storedBytes()));
    }

    static String kind(BackupKind kind) {
        return switch (kind) {
            case BASE -> Messages.text("kind.base");
            case FULL -> Messages.text("kind.full");
            case CONFIG -> Messages.text("kind.config");
        };
    }

    static Node glyph(BackupKind kind) {
        return switch (kind) {
            case BASE -> Icons.of("mdi2d-database", "kind-base");
            case FULL -> Icons.of("mdi2t-table-arrow-down", "kind-full");
            case CONFIG -> Icons.of("mdi2f-file-cog-outline", "kind-config");
        };
    }
}
