package dev.lifeboat.ui;

import dev.lifeboat.storage.Region;

/** The regions as people read them. */
public final class RegionWords {
    private RegionWords() {}

    /** {@code primary} or {@code DR}. */
    public static String of(Region.Role role) {
        return switch (role) {
            case PRIMARY -> Messages.text("region.primary");
            case DR -> Messages.text("region.dr");
        };
    }
}
