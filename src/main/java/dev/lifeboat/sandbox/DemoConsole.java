package dev.lifeboat.sandbox;

import com.fasterxml.jackson.databind.JsonNode;

import dev.lifeboat.host.Host;
import dev.lifeboat.host.HostProcess;
import dev.lifeboat.host.ProcessSpec;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.RecoveryException;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;

/** The console on a sandbox: a process of its own, which sees the sandbox and nothing else. */
final class DemoConsole {
    private static final String PROFILE = "sandbox";
    private static final Set<String> WITH_A_SERVER = Set.of("paused", "promoted");
    private static final String PROFILES =
            """
            profiles:
              sandbox:
                environment: sandbox
            """;
    private static final Pattern OF_THE_DISPLAY =
            Pattern.compile("DISPLAY|WAYLAND_DISPLAY|XAUTHORITY|XDG_RUNTIME_DIR|(GDK|GTK)_.*");
    private final Sandbox sandbox;
    private final Host host;
    private final Path launcher;
    private final Narrator narrator;
    private final CancelToken cancel;

    DemoConsole(Sandbox sandbox, Host host, Path launcher, Narrator narrator, CancelToken cancel) {
        this.sandbox = sandbox;
        this.host = host;
        this.launcher = launcher;
        this.narrator = narrator;
        this.cancel = cancel;
    }

    /**
     * Opens the window and waits until it is closed.
     *
     * @param environment of which it gets what leads to the display
     */
    void open(Map<String, String> environment) throws RecoveryException {
        Map<String, String> variables = variables();
        environment.forEach(
                (name, value) -> {
                    if (OF_THE_DISPLAY.matcher(name).matches()) {
                        variables.put(name, value);
                    }
                });
        run(List.of("--profile", PROFILE), variables);
    }

    /** Renders every screen to PNG files in a folder, without a display. */
    void pictures(Path folder) throws RecoveryException {
        run(
                List.of("--pictures", folder.toAbsolutePath().toString(), "--profile", PROFILE),
                variables());
    }

    private void run(List<String> arguments, Map<String, String> variables)
            throws RecoveryException {
        List<String> command = new ArrayList<>();
        command.add(launcher.toString());
        command.addAll(arguments);
        HostProcess process = host.processes().start(ProcessSpec.of(command).with(variables));
        try (var _ = cancel.onCancel(process::terminate)) {
            var talk = CompletableFuture.runAsync(() -> say(process.stderr()));
            say(process.stdout());
            talk.join();
            int status = process.waitFor(CancelToken.never());
            cancel.check();
            if (status != 0) {
                throw SandboxProblems.failed(
                        "The console ended with " + status + ".", "What it said stands above.");
            }
        }
    }

    private Map<String, String> variables() throws RecoveryException {
        Path config = sandbox.folder().resolve("config");
        try {
            Files.createDirectories(config.resolve("lifeboat"));
            Files.writeString(config.resolve("lifeboat/profiles.yaml"), PROFILES);
        } catch (IOException refused) {
            throw SandboxProblems.io("The sandbox's profile cannot be written.", refused);
        }
        var variables = new HashMap<>(sandbox.variables());
        variables.put("XDG_CONFIG_HOME", config.toString());
        return variables;
    }

    private void say(InputStream stream) {
        try (var reader =
                new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            reader.lines().forEach(narrator::say);
        } catch (IOException | UncheckedIOException ended) {
            // The window is gone; its status tells how.
        }
    }

    /** The sandbox is cleared away: no restored server may outlive it. */
    void discardRestores(CommandRunner commands) throws RecoveryException {
        JsonNode list = commands.run("restores", "list").path("restores");
        for (JsonNode restore : list) {
            String id = restore.path("id").asText();
            if (restore.path("state").asText().equals("running")) {
                commands.run("restores", "stop", id);
            }
            if (WITH_A_SERVER.contains(restore.path("state").asText())) {
                commands.run("restores", "discard", id, "--confirm", id);
            }
        }
    }
}
