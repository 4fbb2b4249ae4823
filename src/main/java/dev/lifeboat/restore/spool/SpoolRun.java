package dev.lifeboat.restore.spool;

import dev.lifeboat.host.FileProblem;
import dev.lifeboat.host.HostFiles;
import dev.lifeboat.host.OsUser;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.restore.WalNeed;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The spool as one start of the server sees it: folders of files named after WAL files. {@code
 * ready} holds what may be taken, {@code wanted} what the server asks for, {@code served} what it
 * took, {@code unknown} verdicts; {@code needed} lists what the plan needs, {@code heartbeat}
 * changes while an engine lives, {@code closed} says that none does.
 */
public final class SpoolRun {
    static final String END_OF_LIST = "end of list";
    private static final List<String> FOLDERS = List.of("ready", "wanted", "served", "unknown");

    private final Path folder;
    private final Path root;
    private final HostFiles files;
    private final OsUser server;

    SpoolRun(Path folder, Path root, HostFiles files, OsUser server) {
        this.folder = folder;
        this.root = root;
        this.files = files;
        this.server = server;
    }

    /** The {@code restore_command} of this run. */
    public String command() {
        return RestoreCommand.text("/bin/sh", Spool.script(root), folder);
    }

    /** The folder, which belongs to the server's user. */
    Path folder() {
        return folder;
    }

    void begin(WalNeed need) throws RecoveryException {
        files.createPrivateDirectory(folder, server);
        for (String name : FOLDERS) {
            files.createPrivateDirectory(folder.resolve(name), server);
        }
        for (String forgotten : List.of("wanted", "unknown")) {
            for (Path file : files.list(folder.resolve(forgotten))) {
                delete(file);
            }
        }
        delete(folder.resolve("closed"));
        beat(0);
        writeNeeded(need);
    }

    /** Where a file may be written before it is {@link #publish published}. */
    Path incoming(String name) {
        return Spool.incoming(root).resolve(name);
    }

    /** Writes a file there, over what an attempt before left of it. */
    Path write(String name, byte[] content) throws RecoveryException {
        Path incoming = incoming(name);
        delete(incoming);
        files.writePart(incoming, 0, ByteBuffer.wrap(content));
        return incoming;
    }

    /** Makes a complete, checked file ready to be taken. */
    void publish(Path incoming, String name) throws RecoveryException {
        files.chown(incoming, server);
        try {
            Files.move(
                    incoming,
                    folder.resolve("ready").resolve(name),
                    StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failed) {
            throw FileProblem.of("The segment could not be put into the spool", incoming, failed);
        }
    }

    boolean isReady(String name) {
        return Files.exists(folder.resolve("ready").resolve(name));
    }

    /** What lies ready at this moment. */
    Set<String> ready() throws RecoveryException {
        return names("ready");
    }

    boolean isServed(String name) {
        return Files.exists(folder.resolve("served").resolve(name));
    }

    /** Forgets that a segment was served, so that it is asked for again. */
    void forgetServed(String name) throws RecoveryException {
        delete(folder.resolve("served").resolve(name));
    }

    /** All that was served and not forgotten. */
    Set<String> served() throws RecoveryException {
        return names("served");
    }

    /** What the server waits for. */
    Set<String> wanted() throws RecoveryException {
        return names("wanted");
    }

    void forgetRequest(String name) throws RecoveryException {
        delete(folder.resolve("wanted").resolve(name));
    }

    /** Answers that it could not be known; the server stops. */
    void answerUnknown(String name) throws RecoveryException {
        Spool.write(root, folder.resolve("unknown").resolve(name), "", files, server);
    }

    void beat(long count) throws RecoveryException {
        Spool.write(root, folder.resolve("heartbeat"), count + "\n", files, server);
    }

    /** Says that no engine stands behind the spool any more: who waits ends at once. */
    public void close() throws RecoveryException {
        Spool.write(root, folder.resolve("closed"), "", files, server);
    }

    private void writeNeeded(WalNeed need) throws RecoveryException {
        var list = new StringBuilder();
        need.histories().forEach(name -> list.append(name).append('\n'));
        need.segments().forEach(name -> list.append(name).append('\n'));
        list.append(END_OF_LIST).append('\n');
        byte[] content = list.toString().getBytes(StandardCharsets.UTF_8);
        files.writeDurably(folder.resolve("needed"), content, server);
    }

    private Set<String> names(String of) throws RecoveryException {
        return files.list(folder.resolve(of)).stream()
                .map(path -> path.getFileName().toString())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static void delete(Path file) throws RecoveryException {
        try {
            Files.deleteIfExists(file);
        } catch (IOException failed) {
            throw FileProblem.of("The spool could not be cleared", file, failed);
        }
    }
}
