package dev.lifeboat.verify;

import dev.lifeboat.backup.TarMember;
import dev.lifeboat.backup.TarScanner;
import dev.lifeboat.crypto.ContentDigest;
import dev.lifeboat.crypto.Sha256;
import dev.lifeboat.kernel.RecoveryException;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The files of a base as they pass: each with its size and SHA-256. Used by one thread. */
final class BaseContents implements TarScanner.TarVisitor {
    static final String LIST = "backup_manifest";
    static final String LABEL = "backup_label";

    private final Map<String, ContentDigest> files = new HashMap<>();
    private final Map<String, ByteArrayOutputStream> kept = new HashMap<>();
    private String folder = "";
    private Sha256 sha256 = new Sha256();
    private ByteArrayOutputStream keeping;

    /**
     * Goes over to another stream.
     *
     * @param stream {@code base} or the oid of a tablespace
     */
    void stream(String stream) {
        folder = stream.equals("base") ? "" : "pg_tblspc/" + stream + "/";
    }

    @Override
    public void begin(TarMember member) {
        sha256 = new Sha256();
        boolean wanted =
                folder.isEmpty() && (member.name().equals(LIST) || member.name().equals(LABEL));
        keeping = wanted ? new ByteArrayOutputStream() : null;
    }

    @Override
    public void content(byte[] bytes, int offset, int length) {
        sha256.update(bytes, offset, length);
        if (keeping != null) {
            keeping.write(bytes, offset, length);
        }
    }

    @Override
    public void end(TarMember member) throws RecoveryException {
        if (member.kind() == TarMember.Kind.FILE) {
            files.put(folder + member.name(), sha256.finish());
        }
        if (keeping != null) {
            kept.put(member.name(), keeping);
            keeping = null;
        }
    }

    Optional<ContentDigest> file(String path) {
        return Optional.ofNullable(files.get(path));
    }

    /** The list of files or the label, when it passed. */
    Optional<byte[]> document(String name) {
        return Optional.ofNullable(kept.get(name)).map(ByteArrayOutputStream::toByteArray);
    }

    Optional<String> text(String name) {
        return document(name).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }
}
