package dev.lifeboat.catalog.configuration;

import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Configuration files by their absolute path, and the tar that holds them: plain ustar, names
 * without the leading slash, mode 0600, so that {@code tar x} unpacks it. Immutable.
 *
 * <p>Source: POSIX, utility pax, "ustar Interchange Format".
 */
public final class ConfigFiles {
    private static final int BLOCK = 512;
    private static final int NAME = 100;
    private static final int PREFIX_AT = 345;
    private static final int PREFIX = 155;
    private static final int SIZE_AT = 124;
    private static final int CHECKSUM_AT = 148;

    private final SortedMap<String, byte[]> byPath;

    public ConfigFiles(Map<String, byte[]> byPath) {
        this.byPath = new TreeMap<>(byPath);
    }

    /** The absolute paths, ascending. */
    public List<String> paths() {
        return List.copyOf(byPath.keySet());
    }

    /** The text of a file; bytes that are no UTF-8 are shown as replacement characters. */
    public String text(String path) {
        return new String(byPath.get(path), StandardCharsets.UTF_8);
    }

    /** The bytes of a file. */
    public byte[] content(String path) {
        return byPath.get(path).clone();
    }

    /**
     * The one file that a name stands for: its absolute path, or the end of one.
     *
     * @throws RecoveryException USAGE when none or several do
     */
    public String find(String name) throws RecoveryException {
        List<String> found =
                byPath.containsKey(name)
                        ? List.of(name)
                        : paths().stream().filter(path -> path.endsWith("/" + name)).toList();
        if (found.size() == 1) {
            return found.getFirst();
        }
        throw new RecoveryException(
                ProblemCode.USAGE,
                (found.isEmpty() ? "No file" : found.size() + " files")
                        + " is called '"
                        + name
                        + "'.",
                "The backup holds " + String.join(", ", paths()) + ".",
                "Name one by its whole path.");
    }

    /** The tar. The same files always give the same bytes. */
    public byte[] toTar() throws RecoveryException {
        var out = new ByteArrayOutputStream();
        for (Map.Entry<String, byte[]> file : byPath.entrySet()) {
            out.writeBytes(header(file.getKey().substring(1), file.getValue().length));
            out.writeBytes(file.getValue());
            out.writeBytes(new byte[(BLOCK - file.getValue().length % BLOCK) % BLOCK]);
        }
        out.writeBytes(new byte[2 * BLOCK]);
        return out.toByteArray();
    }

    private static byte[] header(String name, int size) throws RecoveryException {
        byte[] header = new byte[BLOCK];
        int split = split(name);
        put(header, 0, name.substring(split == 0 ? 0 : split + 1));
        put(header, PREFIX_AT, name.substring(0, split));
        put(header, NAME, "0000600\0" + "0000000\0" + "0000000\0");
        put(header, SIZE_AT, String.format(Locale.ROOT, "%011o\0", size) + "00000000000\0");
        put(header, CHECKSUM_AT, "        ");
        put(header, CHECKSUM_AT + 8, "0");
        put(header, 257, "ustar\0" + "00");
        int sum = 0;
        for (byte one : header) {
            sum += one & 0xff;
        }
        put(header, CHECKSUM_AT, String.format(Locale.ROOT, "%06o\0 ", sum));
        return header;
    }

    /** Where a long name is parted; 0 when it is short. */
    private static int split(String name) throws RecoveryException {
        if (bytes(name) <= NAME) {
            return 0;
        }
        for (int at = name.indexOf('/'); at > 0; at = name.indexOf('/', at + 1)) {
            if (bytes(name.substring(0, at)) <= PREFIX && bytes(name.substring(at + 1)) <= NAME) {
                return at;
            }
        }
        throw new RecoveryException(
                ProblemCode.BACKUP_FAILED,
                "The configuration file /" + name + " cannot be kept.",
                "Its path is too long for a tar archive.",
                "Include it by a shorter path.");
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static void put(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }

    /**
     * Reads {@link #toTar}.
     *
     * @throws RecoveryException OBJECT_DAMAGED when it is no such tar
     */
    public static ConfigFiles ofTar(byte[] tar) throws RecoveryException {
        Map<String, byte[]> files = new TreeMap<>();
        int at = 0;
        try {
            while (tar[at] != 0) {
                String name = text(tar, at, NAME);
                String prefix = text(tar, at + PREFIX_AT, PREFIX);
                int size = Integer.parseInt(text(tar, at + SIZE_AT, 12).strip(), 8);
                int begin = at + BLOCK;
                files.put(
                        "/" + (prefix.isEmpty() ? name : prefix + "/" + name),
                        Arrays.copyOfRange(tar, begin, Math.addExact(begin, size)));
                at = begin + (size + BLOCK - 1) / BLOCK * BLOCK;
            }
        } catch (IndexOutOfBoundsException
                | ArithmeticException
                | IllegalArgumentException broken) {
            throw new RecoveryException(
                    ProblemCode.OBJECT_DAMAGED,
                    "The archive of configuration files cannot be read.",
                    "It is no tar as Lifeboat writes it.",
                    "Choose another configuration backup.",
                    broken);
        }
        return new ConfigFiles(files);
    }

    private static String text(byte[] tar, int at, int length) {
        int end = at;
        while (end < at + length && tar[end] != 0) {
            end++;
        }
        return new String(tar, at, end - at, StandardCharsets.UTF_8);
    }
}
