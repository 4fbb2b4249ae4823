package dev.lifeboat.ui.task;

import dev.lifeboat.kernel.RecoveryException;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The clusters one can work on. Blocks for small files only. */
public interface Profiles {
    /** Their names. */
    List<String> names() throws RecoveryException;

    /** The files they are written in, whether they exist or not; the first decides. */
    List<Path> files();

    /** The one the program was started with; empty for the environment alone. */
    Optional<String> chosen();

    /**
     * The services of one.
     *
     * @param name empty for what the environment says alone
     * @throws RecoveryException SETTING_INVALID when there is none of that name, or when its
     *     settings cannot be made out
     */
    ConsoleServices open(Optional<String> name) throws RecoveryException;
}
