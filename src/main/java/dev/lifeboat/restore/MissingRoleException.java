package dev.lifeboat.restore;

import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.postgres.Sql;

/** A dump names a role that the server does not have. */
public final class MissingRoleException extends RecoveryException {
    private static final long serialVersionUID = 1L;

    private final String role;

    MissingRoleException(String role, RecoveryException cause) {
        super(
                ProblemCode.ROLE_MISSING,
                "The dump names a role that the server does not have: " + role + ".",
                "Something in it belongs to that role or is granted to it, and no globals file of"
                        + " the backup tells how to make it.",
                "Create it, then go on: psql -c 'CREATE ROLE " + Sql.identifier(role) + "'",
                cause);
        this.role = role;
    }

    /** The role's name. */
    public String role() {
        return role;
    }
}
