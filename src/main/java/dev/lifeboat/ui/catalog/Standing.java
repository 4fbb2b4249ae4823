package dev.lifeboat.ui.catalog;

import dev.lifeboat.catalog.BackupStatus;
import dev.lifeboat.catalog.VerifyLevel;
import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.theme.Role;

/** How a backup stands, all that is known of it taken together; the worst first. */
enum Standing {
    BROKEN(Role.DANGER),
    WRONG(Role.DANGER),
    UNFINISHED(Role.WARN),
    KEY_NOT_KNOWN(Role.WARN),
    NO_MANIFEST(Role.WARN),
    NOT_IN_BOTH(Role.WARN),
    UNPROVEN(Role.MUTED),
    HALF_KNOWN(Role.MUTED),
    PROVEN(Role.OK);

    private final Role role;

    Standing(Role role) {
        this.role = role;
    }

    /** The worst that can be said of it. */
    static Standing of(CatalogRow row) {
        if (row.status() == BackupStatus.UNFINISHED) {
            return UNFINISHED;
        }
        if (!row.usable()) {
            return BROKEN;
        }
        if (row.level() != null && !row.verifiedOk()) {
            return WRONG;
        }
        if (!row.authenticated()) {
            return row.status() == BackupStatus.NO_MANIFEST ? NO_MANIFEST : KEY_NOT_KNOWN;
        }
        if (CatalogRow.lacks(row.primary()) || CatalogRow.lacks(row.dr())) {
            return NOT_IN_BOTH;
        }
        if (!isProven(row)) {
            return UNPROVEN;
        }
        boolean halfKnown = CatalogRow.isNotKnown(row.primary()) || CatalogRow.isNotKnown(row.dr());
        return halfKnown ? HALF_KNOWN : PROVEN;
    }

    /** Whether it was read to its end, or restored, and found good. */
    static boolean isProven(CatalogRow row) {
        return row.usable()
                && row.verifiedOk()
                && row.level() != null
                && row.level().covers(VerifyLevel.READABLE);
    }

    Word word() {
        return Word.of(role, text());
    }

    /** For so many backups of a group. */
    Word word(int count) {
        return Word.of(role, Messages.text("standing.of", count, text()));
    }

    private String text() {
        return switch (this) {
            case BROKEN -> Messages.text("standing.broken");
            case WRONG -> Messages.text("standing.wrong");
            case UNFINISHED -> Messages.text("standing.unfinished");
            case KEY_NOT_KNOWN -> Messages.text("standing.keyNotKnown");
            case NO_MANIFEST -> Messages.text("standing.noManifest");
            case NOT_IN_BOTH -> Messages.text("standing.notInBoth");
            case HALF_KNOWN -> Messages.text("standing.halfKnown");
            case UNPROVEN -> Messages.text("standing.unproven");
            case PROVEN -> Messages.text("standing.proven");
        };
    }
}
