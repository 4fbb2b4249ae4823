package dev.lifeboat.ui.shell;

import dev.lifeboat.kernel.Problem;
import dev.lifeboat.ui.theme.Role;

import java.util.Optional;

/**
 * One thing the banner says.
 *
 * @param name of what
 * @param state how it is
 * @param problem why, where something is wrong
 */
record BannerItem(Role role, String name, String state, Optional<Problem> problem) {
    static BannerItem of(Role role, String name, String state) {
        return new BannerItem(role, name, state, Optional.empty());
    }

    BannerItem because(Problem why) {
        return new BannerItem(role, name, state, Optional.of(why));
    }
}
