package dev.lifeboat.restore.handover;

import dev.lifeboat.catalog.configuration.ConfigSearch;
import dev.lifeboat.catalog.configuration.ConfigTexts;
import dev.lifeboat.host.HostFiles;
import dev.lifeboat.host.OsUser;
import dev.lifeboat.kernel.CancelledException;
import dev.lifeboat.kernel.RecoveryException;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts the source's configuration into the copy: from its data directory, and what lay outside of
 * it from a configuration backup. What nobody knows is PostgreSQL's default, and is said; then only
 * this machine is let in. For one thread.
 */
public final class SettingsBack {
    private static final String MAIN = "postgresql.conf";
    private static final String AUTO = "postgresql.auto.conf";
    private static final String HBA = "pg_hba.conf";
    private static final String IDENT = "pg_ident.conf";

    private final HostFiles files;
    private final OsUser user;
    private final Path dataDirectory;
    private final Path originals;
    private final Elsewhere elsewhere;
    private final List<String> notes = new ArrayList<>();
    private Optional<ConfigTexts> backup = Optional.empty();

    /** Where configuration is that lay outside the data directory. */
    public interface Elsewhere {
        /**
         * @throws RecoveryException when that cannot be known now
         */
        ConfigSearch.Found find() throws RecoveryException;
    }

    /**
     * @param originals where the files of the data directory were set aside
     */
    SettingsBack(
            HostFiles files, OsUser user, Path dataDirectory, Path originals, Elsewhere elsewhere) {
        this.files = files;
        this.user = user;
        this.dataDirectory = dataDirectory;
        this.originals = originals;
        this.elsewhere = elsewhere;
    }

    /**
     * Writes the files.
     *
     * @param instead settings that hold whatever the source's say
     * @return what was done, for the journal; {@code notes} are sentences for the operator
     */
    Map<String, Object> put(Map<String, String> instead) throws RecoveryException {
        Optional<String> main = original(MAIN);
        Optional<String> auto = original(AUTO);
        boolean outside = main.isEmpty();
        var known = new OwnSettings(dataDirectory, main, auto);
        boolean hbaOutside = known.hasElsewhere("hba_file");
        boolean identOutside = known.hasElsewhere("ident_file");
        if (outside || hbaOutside || identOutside) {
            search();
        }
        if (outside) {
            main = kept(MAIN, ConfigTexts::main);
        }
        var own = new OwnSettings(dataDirectory, main, auto);
        write(MAIN, own.main(instead));
        write(AUTO, own.auto());
        write(HBA, own.hba(text(HBA, outside || hbaOutside, ConfigTexts::hba)));
        write(IDENT, own.ident(text(IDENT, outside || identOutside, ConfigTexts::ident)));
        return told(own, main.isEmpty());
    }

    private Map<String, Object> told(OwnSettings own, boolean generated) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("takenOut", own.takenOut());
        fields.put("generated", generated);
        fields.put("notes", List.copyOf(notes));
        return fields;
    }

    /** A handover does not wait for backups: the database is needed, and settings can be mended. */
    private void search() throws RecoveryException {
        try {
            ConfigSearch.Found found = elsewhere.find();
            notes.addAll(found.notes());
            backup = found.backup().map(taken -> new ConfigTexts(taken.files()));
            found.backup()
                    .ifPresentOrElse(
                            taken ->
                                    notes.add(
                                            "Configuration that lay outside the data directory is from "
                                                    + taken.id()
                                                    + ", taken at "
                                                    + taken.at()
                                                    + "."),
                            () ->
                                    notes.add(
                                            "The configuration lay outside the data directory, and no"
                                                    + " configuration backup of this cluster can be"
                                                    + " used."));
        } catch (CancelledException stopped) {
            throw stopped;
        } catch (RecoveryException unknown) {
            notes.add(
                    "The configuration lay outside the data directory, and its backups could not be"
                            + " read: "
                            + unknown.problem().what());
        }
    }

    private interface Part {
        Optional<String> of(ConfigTexts texts);
    }

    private Optional<String> kept(String name, Part part) {
        Optional<String> text = backup.flatMap(part::of);
        if (text.isEmpty()) {
            notes.add("Nobody knows the source's " + name + ": it holds defaults, look at it.");
        }
        return text;
    }

    /**
     * The data directory's own file where that is known to have held; rules that may never have
     * held, as initdb left them, could let everybody in.
     */
    private Optional<String> text(String name, boolean outside, Part part)
            throws RecoveryException {
        return outside ? kept(name, part) : original(name);
    }

    private Optional<String> original(String name) throws RecoveryException {
        Path kept = originals.resolve(name);
        return files.exists(kept) ? Optional.of(files.readText(kept)) : Optional.empty();
    }

    private void write(String name, String content) throws RecoveryException {
        files.writeDurably(
                dataDirectory.resolve(name), content.getBytes(StandardCharsets.UTF_8), user);
    }
}
