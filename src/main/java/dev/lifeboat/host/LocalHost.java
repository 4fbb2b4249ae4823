package dev.lifeboat.host;

import dev.lifeboat.kernel.RecoveryException;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Supplier;

/** The machine this program runs on. */
public final class LocalHost implements Host {
    static final boolean WINDOWS =
            System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");
    static final boolean LINUX =
            System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("linux");

    private final LocalUsers users = new LocalUsers();
    private final LocalProcesses processes = new LocalProcesses(users);
    private final LocalFiles files = new LocalFiles(new AccessCheck(processes, users));
    private final LocalPorts ports = new LocalPorts();
    private final Supplier<String> name = new Once<>(LocalHost::readName);

    @Override
    public String name() {
        return name.get();
    }

    @Override
    public OsUser currentUser() {
        return users.current();
    }

    @Override
    public OsUser user(String userName) throws RecoveryException {
        return users.find(userName);
    }

    @Override
    public long memoryBytes() {
        var system = ManagementFactory.getOperatingSystemMXBean();
        return system instanceof com.sun.management.OperatingSystemMXBean measured
                ? measured.getTotalMemorySize()
                : Runtime.getRuntime().maxMemory();
    }

    @Override
    public int processors() {
        return Runtime.getRuntime().availableProcessors();
    }

    @Override
    public HostFiles files() {
        return files;
    }

    @Override
    public HostPorts ports() {
        return ports;
    }

    @Override
    public HostProcesses processes() {
        return processes;
    }

    private static String readName() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException notLinux) {
            return Shell.firstLine("hostname").orElse("localhost");
        }
    }
}
