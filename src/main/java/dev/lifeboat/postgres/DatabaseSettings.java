package dev.lifeboat.postgres;

import dev.lifeboat.kernel.RecoveryException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What belongs to a database as such and is not in a dump of its content: who owns it, who may do
 * what with it, and settings for it. Names of roles are those of one cluster.
 *
 * <p>Source: PostgreSQL documentation, chapter 53: pg_database, pg_db_role_setting; 5.7
 * "Privileges"; 9.26 aclexplode.
 *
 * @param connectionLimit -1 for none
 * @param ownRights whether rights were ever granted or revoked; else PostgreSQL's defaults hold
 * @param grants all rights there are, when they are its own
 * @param settings of ALTER DATABASE SET and ALTER ROLE IN DATABASE SET
 */
public record DatabaseSettings(
        String owner,
        int connectionLimit,
        Optional<String> comment,
        boolean ownRights,
        Set<Grant> grants,
        Set<Setting> settings) {
    /** Settings whose value is a list of names, each of them quoted on its own. */
    private static final Set<String> LISTS =
            Set.of(
                    "local_preload_libraries",
                    "search_path",
                    "session_preload_libraries",
                    "shared_preload_libraries",
                    "temp_tablespaces",
                    "unix_socket_directories");

    /**
     * A right.
     *
     * @param grantee a role; empty for everybody
     */
    public record Grant(Optional<String> grantee, String privilege, boolean grantable) {}

    /**
     * A setting.
     *
     * @param role for whom; empty for all
     */
    public record Setting(Optional<String> role, String name, String value) {}

    /**
     * Reads them of a database of the session's cluster; empty when there is no such database.
     * Problems as {@link Database}.
     */
    public static Optional<DatabaseSettings> read(Database session, String database)
            throws RecoveryException {
        Set<Grant> grants =
                inOrder(
                        session.query(
                                row ->
                                        new Grant(
                                                row.optionalText("grantee"),
                                                row.text("privilege_type"),
                                                row.bool("is_grantable")),
                                """
                                select case when grantee <> 0 then pg_get_userbyid(grantee) end
                                         as grantee, privilege_type, is_grantable
                                  from pg_database, aclexplode(datacl) where datname = ?""",
                                database));
        Set<Setting> settings =
                inOrder(
                        session.query(
                                row ->
                                        new Setting(
                                                row.optionalText("role"),
                                                row.text("name"),
                                                row.text("value")),
                                """
                                select case when setrole <> 0 then pg_get_userbyid(setrole) end
                                         as role,
                                       split_part(setting, '=', 1) as name,
                                       substr(setting, strpos(setting, '=') + 1) as value
                                  from pg_db_role_setting s join pg_database d on d.oid = setdatabase,
                                       unnest(setconfig) setting where datname = ?""",
                                database));
        return session.first(
                row ->
                        new DatabaseSettings(
                                row.text("owner"),
                                row.integer("datconnlimit"),
                                row.optionalText("comment"),
                                row.bool("own_rights"),
                                grants,
                                settings),
                """
                select pg_get_userbyid(datdba) as owner, datconnlimit,
                       shobj_description(oid, 'pg_database') as comment,
                       datacl is not null as own_rights
                  from pg_database where datname = ?""",
                database);
    }

    /** The statements that give them to a database that has none yet. */
    public List<String> statementsFor(String database) {
        String name = Sql.identifier(database);
        var statements = new ArrayList<String>();
        statements.add("ALTER DATABASE " + name + " OWNER TO " + Sql.identifier(owner));
        statements.add("ALTER DATABASE " + name + " CONNECTION LIMIT " + connectionLimit);
        comment.ifPresent(
                text -> statements.add("COMMENT ON DATABASE " + name + " IS " + Sql.literal(text)));
        if (ownRights) {
            statements.add("REVOKE ALL ON DATABASE " + name + " FROM PUBLIC");
            statements.add("REVOKE ALL ON DATABASE " + name + " FROM " + Sql.identifier(owner));
            grants.forEach(grant -> statements.add(statement(name, grant)));
        }
        settings.forEach(setting -> statements.add(statement(name, setting)));
        return statements;
    }

    /** What this and another differ in, for people; empty when they are the same. */
    public List<String> differencesTo(DatabaseSettings other) {
        var differences = new ArrayList<String>();
        if (!owner.equals(other.owner)) {
            differences.add("owner " + owner + " against " + other.owner);
        }
        if (connectionLimit != other.connectionLimit || !comment.equals(other.comment)) {
            differences.add("connection limit or comment");
        }
        if (ownRights != other.ownRights || !grants.equals(other.grants)) {
            differences.add("rights " + named(grants) + " against " + named(other.grants));
        }
        if (!settings.equals(other.settings)) {
            differences.add(
                    "settings "
                            + settings.stream().map(Setting::name).sorted().toList()
                            + " against "
                            + other.settings.stream().map(Setting::name).sorted().toList());
        }
        return differences;
    }

    /** The order of the catalog is kept, so that the copy's is the same. */
    private static <T> Set<T> inOrder(List<T> rows) {
        return Collections.unmodifiableSet(new LinkedHashSet<>(rows));
    }

    private static String named(Set<Grant> grants) {
        return grants.stream()
                .map(grant -> grant.privilege() + " to " + grant.grantee().orElse("public"))
                .collect(Collectors.toCollection(TreeSet::new))
                .toString();
    }

    private static String statement(String name, Grant grant) {
        return "GRANT "
                + grant.privilege()
                + " ON DATABASE "
                + name
                + " TO "
                + grant.grantee().map(Sql::identifier).orElse("PUBLIC")
                + (grant.grantable() ? " WITH GRANT OPTION" : "");
    }

    private static String statement(String name, Setting setting) {
        String whose =
                setting.role()
                        .map(role -> "ROLE " + Sql.identifier(role) + " IN DATABASE " + name)
                        .orElse("DATABASE " + name);
        return "ALTER " + whose + " SET " + quotedName(setting.name()) + " TO " + value(setting);
    }

    /** A setting of an extension has a dot in its name. */
    private static String quotedName(String name) {
        return List.of(name.split("\\.")).stream()
                .map(Sql::identifier)
                .collect(Collectors.joining("."));
    }

    /**
     * Source: src/bin/pg_dump/dumputils.c, makeAlterConfigCommand: of a list each name is a
     * constant of its own.
     */
    private static String value(Setting setting) {
        if (!LISTS.contains(setting.name())) {
            return Sql.literal(setting.value());
        }
        String list =
                names(setting.value()).stream().map(Sql::literal).collect(Collectors.joining(", "));
        return list.isEmpty() ? "''" : list;
    }

    /** The names of {@code "$user", public}. */
    private static List<String> names(String list) {
        var names = new ArrayList<String>();
        var name = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < list.length(); i++) {
            char each = list.charAt(i);
            if (each == '"' && quoted && i + 1 < list.length() && list.charAt(i + 1) == '"') {
                name.append('"');
                i++;
            } else if (each == '"') {
                quoted = !quoted;
            } else if (each == ',' && !quoted) {
                names.add(name.toString());
                name.setLength(0);
            } else if (quoted || !Character.isWhitespace(each)) {
                name.append(each);
            }
        }
        if (!list.isBlank()) {
            names.add(name.toString());
        }
        return names;
    }
}
