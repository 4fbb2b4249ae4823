package dev.lifeboat.postgres;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The table of contents of a dump.
 *
 * <p>Source: src/bin/pg_dump/pg_backup_archiver.c, PrintTOCSummary.
 *
 * @param database the database it was made of
 * @param serverVersion of that database's server, as its text says
 * @param dumpVersion of the program that made it
 * @param entries the lines of the contents, such as {@code 215; 1259 16389 TABLE public t postgres}
 */
public record DumpListing(
        Optional<String> database,
        Optional<String> serverVersion,
        Optional<String> dumpVersion,
        List<String> entries) {
    private static final Pattern TABLE_DATA = Pattern.compile("\\d+; \\d+ \\d+ TABLE DATA .*");

    private static final Pattern NUMBERS = Pattern.compile("^\\d+; \\d+ \\d+ ");

    private static final Pattern NAMED_DATA =
            Pattern.compile("\\d+; \\d+ \\d+ TABLE DATA (\\S+) (\\S+) \\S+");

    public DumpListing {
        entries = List.copyOf(entries);
    }

    static DumpListing read(List<String> lines) {
        return new DumpListing(
                header(lines, "dbname: "),
                header(lines, "Dumped from database version: "),
                header(lines, "Dumped by pg_dump version: "),
                lines.stream().filter(line -> !line.startsWith(";") && !line.isBlank()).toList());
    }

    /** What stands in it, without its numbers: {@code TABLE public t postgres}. */
    public List<String> contents() {
        return entries.stream().map(line -> NUMBERS.matcher(line).replaceFirst("")).toList();
    }

    /** Tables whose rows it holds. */
    public long tablesWithData() {
        return entries.stream().filter(line -> TABLE_DATA.matcher(line).matches()).count();
    }

    /** The same tables as {@code schema.name}; one whose name has a space in it is left out. */
    public List<String> namesOfTablesWithData() {
        return entries.stream()
                .map(NAMED_DATA::matcher)
                .filter(Matcher::matches)
                .map(line -> line.group(1) + "." + line.group(2))
                .toList();
    }

    private static Optional<String> header(List<String> lines, String name) {
        return lines.stream()
                .filter(line -> line.startsWith(";") && line.contains(" " + name))
                .map(line -> line.substring(line.indexOf(name) + name.length()).strip())
                .findFirst();
    }
}
