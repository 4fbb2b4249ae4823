package dev.lifeboat.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which signals children of this process are born deaf to: under nohup, or as a script's background
 * job.
 */
public final class SignalsHere {
    private static final Map<String, Integer> NUMBERS = Map.of("HUP", 1, "INT", 2, "TERM", 15);

    private SignalsHere() {}

    /** Names without SIG; none where the system does not tell. */
    public static Set<String> ignored() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.isReadable(status)) {
            return Set.of();
        }
        String mask =
                Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("SigIgn:"))
                        .findFirst()
                        .orElse("SigIgn: 0")
                        .replaceFirst("SigIgn:\\s*", "");
        long ignored = Long.parseUnsignedLong(mask, 16);
        return NUMBERS.entrySet().stream()
                .filter(signal -> (ignored >>> (signal.getValue() - 1) & 1) == 1)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }
}
