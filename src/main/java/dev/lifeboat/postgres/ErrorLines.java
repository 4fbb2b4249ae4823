package dev.lifeboat.postgres;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads a program's standard error to its end on a thread of its own, keeping the first and the
 * last lines, so that a talkative program neither blocks nor fills the memory.
 */
final class ErrorLines {
    private static final int KEPT = 100;
    private static final int MAX_LENGTH = 2000;
    private static final Pattern PASSWORD_CLAUSE =
            Pattern.compile("(?i)(password\\s+)'(?:[^']|'')*('|$)");
    private static final Pattern VERIFIER =
            Pattern.compile("SCRAM-SHA-256\\$[^\\s']+|\\bmd5[0-9a-f]{32}\\b");
    private static final Pattern URL_PASSWORD = Pattern.compile("(://[^\\s:/@]*:)[^\\s@/]*@");

    private final List<String> first = new ArrayList<>();
    private final Deque<String> last = new ArrayDeque<>();
    private final Thread reader;
    private final InputStream stream;

    ErrorLines(InputStream stream) {
        this.stream = stream;
        this.reader = Thread.ofVirtual().name("program-stderr").start(this::readAll);
    }

    /** Everything that was kept, once the program has closed its standard error. */
    List<String> await() {
        try {
            reader.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        synchronized (this) {
            var all = new ArrayList<>(first);
            all.addAll(last);
            return all;
        }
    }

    private void readAll() {
        try (var lines =
                new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                keep(withoutSecrets(line));
            }
        } catch (IOException closed) {
            keep("(standard error was closed: " + closed.getMessage() + ")");
        }
    }

    private synchronized void keep(String line) {
        String cut = line.length() > MAX_LENGTH ? line.substring(0, MAX_LENGTH) + "..." : line;
        if (first.size() < KEPT) {
            first.add(cut);
        } else {
            last.addLast(cut);
            if (last.size() > KEPT) {
                last.removeFirst();
            }
        }
    }

    /** PostgreSQL quotes the statement that failed, and a role's statement holds its password. */
    static String withoutSecrets(String line) {
        String safe = PASSWORD_CLAUSE.matcher(line).replaceAll("$1'***'");
        safe = VERIFIER.matcher(safe).replaceAll("***");
        return URL_PASSWORD.matcher(safe).replaceAll("$1***@");
    }
}
