package dev.lifeboat.postgres;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.CancelledException;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import java.sql.SQLException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Turns an error of a database into a problem.
 *
 * <p>Source: PostgreSQL documentation, appendix A "PostgreSQL Error Codes".
 */
final class SqlProblem {
    private static final Pattern IN_USE =
            Pattern.compile("database \"(.*)\" is being accessed by other users");

    private SqlProblem() {}

    static RecoveryException connecting(ConnectionSpec spec, SQLException cause) {
        String what = "No connection to " + spec.confirmText() + " as " + spec.user() + ".";
        String state = String.valueOf(cause.getSQLState());
        if (state.equals("08004") && spec.password().isEmpty()) {
            return new RecoveryException(
                    ProblemCode.CREDENTIALS_MISSING,
                    what,
                    "The server asks for a password, and there is none.",
                    "Put it into DATABASE_URL, PGPASSWORD or the file ~/.pgpass (mode 0600).",
                    cause);
        }
        Optional<KnownMessage> known = KnownMessage.in(message(cause)).or(() -> byState(state));
        return new RecoveryException(
                known.map(KnownMessage::code).orElse(ProblemCode.DATABASE_UNREACHABLE),
                what,
                "It said: " + sentence(message(cause)),
                known.orElse(KnownMessage.NOT_THERE).remedy(),
                cause);
    }

    static RecoveryException of(ConnectionSpec spec, SQLException cause, CancelToken cancel) {
        String state = String.valueOf(cause.getSQLState());
        if (cancel.isCancelled()) {
            return new CancelledException();
        }
        Optional<KnownMessage> known = byState(state);
        return new RecoveryException(
                known.map(KnownMessage::code).orElse(ProblemCode.DATABASE_ERROR),
                "A statement in " + spec.confirmText() + " failed.",
                "It said: " + sentence(message(cause)),
                inUse(spec, message(cause))
                        .or(() -> known.map(KnownMessage::remedy))
                        .orElse(
                                "Look into the server's log for error "
                                        + state
                                        + ", mend the cause and run the command again."),
                cause);
    }

    /** Which database it is, the message alone tells: it may be another than the session's. */
    private static Optional<String> inUse(ConnectionSpec spec, String message) {
        Matcher named = IN_USE.matcher(message);
        return named.find()
                ? Optional.of(
                        ClusterDatabases.endThem(spec.withDatabase(named.group(1)))
                                + " Then run the command again.")
                : Optional.empty();
    }

    private static Optional<KnownMessage> byState(String state) {
        return switch (state) {
            case "3D000" -> Optional.of(KnownMessage.NO_DATABASE);
            case "28P01", "28000" -> Optional.of(KnownMessage.REFUSED);
            case "42501" -> Optional.of(KnownMessage.DENIED);
            case "55006" -> Optional.of(KnownMessage.IN_USE);
            case "55P03" -> Optional.of(KnownMessage.LOCKED);
            case "53100" -> Optional.of(KnownMessage.FULL);
            case "53300", "57P01", "57P02", "57P03" -> Optional.of(KnownMessage.NOT_THERE);
            default ->
                    state.startsWith("08") ? Optional.of(KnownMessage.NOT_THERE) : Optional.empty();
        };
    }

    /** The first line; the driver adds details and positions below it. */
    private static String message(SQLException cause) {
        String text = cause.getMessage() == null ? "" : cause.getMessage();
        String line = text.lines().findFirst().orElse("an error without a message");
        return ErrorLines.withoutSecrets(line.replaceFirst("^(ERROR|FATAL): ", ""));
    }

    private static String sentence(String text) {
        return text.endsWith(".") ? text : text + ".";
    }
}
