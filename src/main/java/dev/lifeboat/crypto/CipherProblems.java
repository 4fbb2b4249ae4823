package dev.lifeboat.crypto;

import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

/** The ways an encrypted object can be wrong, each in its own words. */
final class CipherProblems {
    private static final String OTHER_COPY =
            "Take the copy of the other region, or another backup; `lifeboat verify --again` tells which"
                    + " are whole.";

    private CipherProblems() {}

    static RecoveryException notEncrypted(String name) {
        return new RecoveryException(
                ProblemCode.OBJECT_DAMAGED,
                name + " is not encrypted the way its name says.",
                "It does not begin with the Salted__ that openssl enc writes.",
                OTHER_COPY);
    }

    static RecoveryException truncated(String name, long storedBytes) {
        return new RecoveryException(
                ProblemCode.OBJECT_TRUNCATED,
                name + " is cut short.",
                "It ends after "
                        + storedBytes
                        + " bytes, and an encrypted object is a header of 16 bytes and one or more"
                        + " whole blocks of 16.",
                OTHER_COPY);
    }

    static RecoveryException wrongPadding(String name) {
        return new RecoveryException(
                ProblemCode.PADDING_WRONG,
                name + " does not end the way openssl ends an object.",
                "The key opens its beginning, but its last block holds no valid padding: the end is"
                        + " missing, or was altered.",
                OTHER_COPY);
    }

    static RecoveryException wrongKey(String name, int tried) {
        return new RecoveryException(
                ProblemCode.KEY_WRONG,
                name + " cannot be opened with the key that is set.",
                tried == 1
                        ? "What the key makes of its beginning is nothing that a backup holds."
                        : "None of the " + tried + " keys known makes anything of its beginning.",
                "Set BACKUP_ENCRYPTION_KEY to the key it was written under; `lifeboat key"
                        + " fingerprint` shows which one is set, and `lifeboat catalog --json` which"
                        + " one each backup wants (keyFingerprint).");
    }

    static RecoveryException damagedBeginning(String name) {
        return new RecoveryException(
                ProblemCode.OBJECT_DAMAGED,
                name + " is damaged at its beginning.",
                "It was encrypted under the key that is set, but what the key makes of its first"
                        + " bytes is nothing that a backup holds.",
                OTHER_COPY);
    }
}
