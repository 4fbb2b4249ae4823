package dev.lifeboat.restore;

import dev.lifeboat.host.FileProblem;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.postgres.ControlFile;
import dev.lifeboat.restore.place.Placement;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Reads the restored control file, also while it is withheld. */
final class SourceControl {
    private SourceControl() {}

    /**
     * What the control file says.
     *
     * @throws RecoveryException SYSTEM_IDENTIFIER_FOREIGN when it is of another cluster than the
     *     plan's base
     */
    static ControlFile read(RestoreSite site, CancelToken cancel) throws RecoveryException {
        Placement placement = site.placement();
        Path directory = site.plan().dataDirectory();
        if (!placement.isReleased()) {
            directory = copy(site, placement.withheldControlFile());
        }
        ControlFile control = ControlFile.read(site.host(), site.programs(), directory, cancel);
        if (!control.systemIdentifier().equals(site.plan().base().systemIdentifier())) {
            throw new RecoveryException(
                    ProblemCode.SYSTEM_IDENTIFIER_FOREIGN,
                    "The restored files are of another cluster than the plan's.",
                    "Their system identifier is "
                            + control.systemIdentifier()
                            + ", the plan's "
                            + site.plan().base().systemIdentifier()
                            + ".",
                    "Do not use them: discard this restore, and choose another base.");
        }
        return control;
    }

    /** The program looks for the file below a data directory, under its own name alone. */
    private static Path copy(RestoreSite site, Path withheld) throws RecoveryException {
        Path directory = site.folder().path().resolve("control");
        try {
            Files.createDirectories(directory.resolve("global"));
            Files.copy(
                    withheld,
                    directory.resolve(ControlFile.PATH),
                    StandardCopyOption.REPLACE_EXISTING);
            return directory;
        } catch (IOException failed) {
            throw FileProblem.of("The control file could not be read", withheld, failed);
        }
    }
}
