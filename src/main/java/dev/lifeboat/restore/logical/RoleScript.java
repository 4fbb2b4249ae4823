package dev.lifeboat.restore.logical;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The roles of a globals file, each with the statements that make it. Only what makes a role is
 * read; nothing in it that would change one that exists is ever run.
 *
 * <p>Source: src/bin/pg_dump/pg_dumpall.c, dumpRoles, dumpRoleMembership, dumpUserConfig: a
 * statement a line.
 */
public final class RoleScript {
    private static final String NAME = "(\"(?:[^\"]|\"\")+\"|[^\\s\";]+)";
    private static final Pattern CREATE = Pattern.compile("CREATE ROLE " + NAME + ";");
    private static final Pattern ALTER =
            Pattern.compile("ALTER ROLE " + NAME + " (?:WITH|SET) .*;");
    private static final Pattern GRANT =
            Pattern.compile("GRANT " + NAME + " TO " + NAME + "(?: (?:WITH|GRANTED) .*)?;");
    private static final Pattern GRANTOR = Pattern.compile(" GRANTED BY " + NAME + ";$");

    private final Map<String, List<String>> made = new LinkedHashMap<>();
    private final Map<String, List<Membership>> memberships = new LinkedHashMap<>();

    /** One role in another. */
    private record Membership(String group, String statement) {}

    private RoleScript() {}

    public static RoleScript read(byte[] globals) {
        var script = new RoleScript();
        new String(globals, StandardCharsets.UTF_8).lines().forEach(script::line);
        return script;
    }

    private void line(String line) {
        Matcher create = CREATE.matcher(line);
        Matcher alter = ALTER.matcher(line);
        Matcher grant = GRANT.matcher(line);
        if (create.matches()) {
            made.computeIfAbsent(name(create.group(1)), _ -> new ArrayList<>()).add(bare(line));
        } else if (alter.matches()) {
            made.getOrDefault(name(alter.group(1)), new ArrayList<>()).add(bare(line));
        } else if (grant.matches()) {
            memberships
                    .computeIfAbsent(name(grant.group(2)), _ -> new ArrayList<>())
                    .add(
                            new Membership(
                                    name(grant.group(1)),
                                    bare(GRANTOR.matcher(line).replaceFirst(";"))));
        }
    }

    /** All roles it would make. */
    public List<String> roles() {
        return List.copyOf(made.keySet());
    }

    /** The statements that make a role, in order. */
    public List<String> statements(String role) {
        return List.copyOf(made.getOrDefault(role, List.of()));
    }

    /** The statements that put a role into those it is a member of. */
    public List<String> memberships(String role) {
        return memberships.getOrDefault(role, List.of()).stream()
                .map(Membership::statement)
                .toList();
    }

    private static String bare(String line) {
        return line.substring(0, line.length() - 1);
    }

    private static String name(String written) {
        return written.startsWith("\"")
                ? written.substring(1, written.length() - 1).replace("\"\"", "\"")
                : written;
    }
}
