package dev.lifeboat.host;

import dev.lifeboat.host.HostProcesses.Signal;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Starts processes in sessions of their own (so that a terminal's Ctrl-C reaches this program
 * alone), under the user they should have.
 *
 * <p>Linux ends an owned process by its "parent death signal", which counts the death of the
 * starting <em>thread</em>: hence the one thread here that starts them all and never ends.
 *
 * <p>Source: prctl(2), PR_SET_PDEATHSIG; setpriv(1); setsid(1).
 */
final class ProcessLauncher {
    private static final Set<String> INHERITED =
            Set.of("PATH", "TMPDIR", "TZ", "LD_LIBRARY_PATH", "KRB5CCNAME", "KRB5_CONFIG");
    private static final ExecutorService STARTER =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().daemon().name("process-starter").factory());
    private static final Map<Process, Signal> OWNED = new ConcurrentHashMap<>();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(ProcessLauncher::endOwned, "end-owned"));
    }

    /**
     * macOS has neither setsid nor setpriv, and sudo would stay in front of the program with a
     * process id of its own. Takes user and group (or two empty texts), then the command.
     */
    static final String WITHOUT_SETPRIV =
            "my ($uid, $gid) = splice(@ARGV, 0, 2); POSIX::setsid(); if ($uid ne '') { $( = $gid;"
                    + " $) = \"$gid $gid\"; POSIX::setuid($uid) or die \"setuid: $!\"; } exec {"
                    + " $ARGV[0] } @ARGV; die \"$ARGV[0]: $!\"";

    private final LocalUsers users;

    ProcessLauncher(LocalUsers users) {
        this.users = users;
    }

    HostProcess launch(ProcessSpec spec) throws RecoveryException {
        String program = resolve(spec.command().getFirst());
        var builder = new ProcessBuilder(commandLine(spec, program));
        builder.directory(spec.workingDirectory().toFile());
        builder.redirectInput(spec.stdin());
        builder.redirectOutput(spec.stdout());
        builder.redirectError(spec.stderr());
        boolean sameUser = !switches(spec);
        builder.environment()
                .keySet()
                .removeIf(name -> !INHERITED.contains(name) && !(sameUser && isOfUser(name)));
        builder.environment().putAll(spec.environment());
        Process process = startOnLastingThread(builder, program);
        spec.endsWithUs().ifPresent(signal -> own(process, signal));
        return new LocalProcess(process);
    }

    private static boolean isOfUser(String name) {
        return name.equals("HOME") || LocalHost.WINDOWS;
    }

    private static Process startOnLastingThread(ProcessBuilder builder, String program)
            throws RecoveryException {
        try {
            return CompletableFuture.supplyAsync(() -> start(builder), STARTER).join();
        } catch (CompletionException wrapped) {
            if (!(wrapped.getCause() instanceof StartFailure failure)) {
                throw wrapped;
            }
            throw new RecoveryException(
                    ProblemCode.HOST_FAILURE,
                    "The program " + program + " could not be started.",
                    "The operating system said: " + failure.getCause().getMessage() + ".",
                    "Mend that and run the command again.",
                    failure.getCause());
        }
    }

    private static Process start(ProcessBuilder builder) {
        try {
            return builder.start();
        } catch (IOException failed) {
            throw new StartFailure(failed);
        }
    }

    private List<String> commandLine(ProcessSpec spec, String program) throws RecoveryException {
        var line = new ArrayList<String>();
        if (switches(spec)) {
            requireRoot(spec.user().orElseThrow());
        }
        if (LocalHost.LINUX) {
            line.add(resolve("setsid"));
            line.addAll(setpriv(spec));
        } else if (!LocalHost.WINDOWS) {
            line.addAll(perl(spec));
        }
        line.add(program);
        line.addAll(spec.command().subList(1, spec.command().size()));
        return line;
    }

    private List<String> perl(ProcessSpec spec) throws RecoveryException {
        Optional<OsUser> user = spec.user().filter(_ -> switches(spec));
        return List.of(
                resolve("perl"),
                "-MPOSIX",
                "-e",
                WITHOUT_SETPRIV,
                user.map(each -> Integer.toString(each.uid())).orElse(""),
                user.map(each -> Integer.toString(each.gid())).orElse(""));
    }

    private List<String> setpriv(ProcessSpec spec) throws RecoveryException {
        var line = new ArrayList<String>();
        if (switches(spec)) {
            OsUser user = spec.user().orElseThrow();
            line.addAll(List.of("--reuid=" + user.uid(), "--regid=" + user.gid(), "--init-groups"));
        }
        spec.endsWithUs().ifPresent(signal -> line.addAll(List.of("--pdeathsig", signal.name())));
        if (!line.isEmpty()) {
            line.addFirst(resolve("setpriv"));
            line.add("--");
        }
        return line;
    }

    private boolean switches(ProcessSpec spec) {
        return spec.user().isPresent() && !spec.user().get().equals(users.current());
    }

    private void requireRoot(OsUser wanted) throws RecoveryException {
        if (!users.current().isRoot()) {
            throw new RecoveryException(
                    ProblemCode.HOST_FAILURE,
                    "No program can be started as OS user " + wanted + ".",
                    "Lifeboat runs as " + users.current() + ", and only root may change the user.",
                    "Run the command as root, or as " + wanted + ".");
        }
    }

    /** The absolute path of a program, so that its absence is known before anything starts. */
    private static String resolve(String program) throws RecoveryException {
        var found = ProgramPath.find(program, System.getenv("PATH"));
        if (found.isPresent()) {
            return found.get();
        }
        throw new RecoveryException(
                ProblemCode.PROGRAM_MISSING,
                "The program " + program + " is missing.",
                "It is neither in PATH nor in /usr/bin, /bin, /usr/sbin or /sbin.",
                program.equals("setpriv") || program.equals("setsid")
                        ? "Install the package util-linux, then run the command again."
                        : "Install it, or put its directory into PATH, then run the command again.");
    }

    private static void own(Process process, Signal signal) {
        OWNED.put(process, signal);
        var _ = process.onExit().thenAccept(OWNED::remove);
    }

    private static void endOwned() {
        OWNED.forEach(
                (process, signal) ->
                        Shell.firstLine(
                                "/bin/sh",
                                "-c",
                                "kill -\"$1\" \"$2\"",
                                "sh",
                                signal.name(),
                                Long.toString(process.pid())));
    }

    private static final class StartFailure extends RuntimeException {
        private static final long serialVersionUID = 1L;

        StartFailure(IOException cause) {
            super(cause);
        }
    }
}
