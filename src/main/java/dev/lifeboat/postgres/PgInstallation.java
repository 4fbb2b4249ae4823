package dev.lifeboat.postgres;

import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One directory of PostgreSQL's programs.
 *
 * @param bin the directory, absolute, links resolved
 */
public record PgInstallation(Path bin, PgVersion version) {
    public boolean has(PgProgram program) {
        return Files.isExecutable(bin.resolve(program.fileName()));
    }

    boolean hasAll(PgProgram... programs) {
        for (PgProgram program : programs) {
            if (!has(program)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Where the program lies.
     *
     * @throws RecoveryException {@code PROGRAM_MISSING} when it is not in this directory
     */
    public Path path(PgProgram program) throws RecoveryException {
        if (!has(program)) {
            throw new RecoveryException(
                    ProblemCode.PROGRAM_MISSING,
                    "The program " + program.fileName() + " is missing.",
                    "The directory " + bin + " (PostgreSQL " + version + ") does not hold it.",
                    "Install it with: apt-get install " + program.debianPackage(version.major()));
        }
        return bin.resolve(program.fileName());
    }
}
