package dev.lifeboat.host;

import java.util.Objects;

/**
 * A user of the operating system.
 *
 * @param name the login name, or the number as text where the machine knows no name for it
 */
public record OsUser(String name, int uid, int gid) {
    public OsUser {
        Objects.requireNonNull(name);
    }

    public boolean isRoot() {
        return uid == 0;
    }

    @Override
    public String toString() {
        return name;
    }
}
