package dev.lifeboat.app;

import dev.lifeboat.cli.Outcome;

import java.util.ArrayList;
import java.util.List;

/**
 * The status the process ends with. For most commands it is the published exit code. PostgreSQL
 * reads those of {@code wal fetch} and {@code wal push} in its own way, and there nothing that the
 * command did not say itself may pass for an answer:
 *
 * <ul>
 *   <li>{@code wal fetch}: 0 served and 1 proven absent when the command announced them, else 255,
 *       since the server takes 1 to 125 as the end of the archive;
 *   <li>{@code wal push}: 0 when announced, else 1 to 125, since a status above that ends the
 *       server's archiver.
 * </ul>
 *
 * <p>A virtual machine that cannot start exits with 1, and one that is asked for its version with
 * 0. The launcher therefore asks for private statuses (101 for an announced 0, 102 for an announced
 * 1) and takes everything else as "not said".
 *
 * <p>Source: PostgreSQL documentation, 26.3.5 "Recovering Using a Continuous Archive Backup" and
 * 20.5.4 "Archiving" (archive_command).
 */
enum ExitStatus {
    PUBLISHED {
        @Override
        int plain(Outcome outcome) {
            return outcome.code();
        }

        @Override
        int crashed() {
            return 1;
        }
    },
    WAL_FETCH {
        @Override
        int plain(Outcome outcome) {
            boolean answer = outcome.announced() && (outcome.code() == 0 || outcome.code() == 1);
            return answer ? outcome.code() : NOT_SAID;
        }

        @Override
        int crashed() {
            return NOT_SAID;
        }
    },
    WAL_PUSH {
        @Override
        int plain(Outcome outcome) {
            if (outcome.code() == 0) {
                return outcome.announced() ? 0 : 1;
            }
            return outcome.code() == PRIVATE_DONE ? 1 : Math.clamp(outcome.code(), 1, 125);
        }

        @Override
        int crashed() {
            return 1;
        }
    };

    private static final int NOT_SAID = 255;
    private static final int PRIVATE_DONE = 101;
    private static final int PRIVATE_ABSENT = 102;

    /** The command that a command line names, whether or not the rest of it is right. */
    static ExitStatus of(String... arguments) {
        List<String> words = words(arguments);
        if (words.isEmpty() || !words.getFirst().equals("wal")) {
            return PUBLISHED;
        }
        return switch (words.size() > 1 ? words.get(1) : "") {
            case "push" -> WAL_PUSH;
            case "find", "index", "salvage" -> PUBLISHED;
            default -> WAL_FETCH; // misspelt too: a server must not take 2 as the archive's end
        };
    }

    private static List<String> words(String... arguments) {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i].equals("--profile")) {
                i++;
            } else if (!arguments[i].startsWith("-")) {
                words.add(arguments[i]);
            }
        }
        return words;
    }

    /**
     * The status of a run that came to an end.
     *
     * @param privately whether the launcher translates it
     */
    int of(Outcome outcome, boolean privately) {
        int status = plain(outcome);
        if (!privately || this == PUBLISHED) {
            return status;
        }
        if (status == 0) {
            return PRIVATE_DONE;
        }
        return this == WAL_FETCH && status == 1 ? PRIVATE_ABSENT : status;
    }

    abstract int plain(Outcome outcome);

    /** The status when the run broke down without an outcome. */
    abstract int crashed();
}
