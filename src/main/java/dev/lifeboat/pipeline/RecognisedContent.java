package dev.lifeboat.pipeline;

import dev.lifeboat.crypto.DecryptionKeys;
import dev.lifeboat.crypto.ExpectedContent;
import dev.lifeboat.crypto.OpensslCipher;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.kernel.RecoveryException;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An object of which nobody wrote down what it is, opened by what it begins with: decrypted and
 * unpacked as often as needed. Closing the content closes the source.
 *
 * @param kind what was found at the core
 * @param layers what was around it, the outermost first: {@code ENCRYPTED}, {@code GZIP}, {@code
 *     ZSTD}
 * @param content the core, checked as it is read
 */
public record RecognisedContent(ContentKind kind, List<ContentKind> layers, DecodedInput content) {
    private static final int MOST_LAYERS = 4;

    public RecognisedContent {
        layers = List.copyOf(layers);
    }

    /**
     * Opens an object.
     *
     * @param name what it is, to begin a sentence with
     * @param stored the object from its first byte; closed with the content, and when this fails
     * @param expected what is known of the stored bytes
     * @param keys what it may be decrypted with, if it turns out to be encrypted
     * @param progress counts stored bytes
     * @throws RecoveryException {@code KEY_MISSING} when it is encrypted and there is no key,
     *     {@code KEY_WRONG}, {@code OBJECT_TRUNCATED}, {@code OBJECT_DAMAGED}
     */
    public static RecognisedContent open(
            String name,
            InputStream stored,
            ExpectedContent expected,
            Optional<DecryptionKeys> keys,
            CancelToken cancel,
            Progress progress)
            throws IOException, RecoveryException {
        var form =
                StoredForm.unencrypted(name, Compression.NONE)
                        .expecting(expected, ExpectedContent.unknown());
        var passing = new PassingInput(stored, cancel, progress);
        boolean opened = false;
        try {
            var peeled = new Peeling(name, keys, passing);
            ContentKind kind = peeled.toTheCore();
            opened = true;
            return new RecognisedContent(
                    kind, peeled.layers, new DecodedInput(form, passing, peeled.inner));
        } finally {
            if (!opened) {
                stored.close();
            }
        }
    }

    /** Takes one layer off after the other. */
    private static final class Peeling {
        private final String name;
        private final Optional<DecryptionKeys> keys;
        private final List<ContentKind> layers = new ArrayList<>();
        private InputStream inner;

        Peeling(String name, Optional<DecryptionKeys> keys, InputStream outer) {
            this.name = name;
            this.keys = keys;
            this.inner = outer;
        }

        ContentKind toTheCore() throws IOException, RecoveryException {
            ContentKind kind = look();
            while (layers.size() < MOST_LAYERS && peel(kind)) {
                layers.add(kind);
                kind = look();
            }
            return kind;
        }

        private ContentKind look() throws IOException {
            var peekable = new PushbackInputStream(inner, ContentSniffer.HEAD_BYTES);
            byte[] head = peekable.readNBytes(ContentSniffer.HEAD_BYTES);
            peekable.unread(head);
            inner = peekable;
            return ContentSniffer.recognise(head, head.length);
        }

        private boolean peel(ContentKind kind) throws IOException, RecoveryException {
            inner =
                    switch (kind) {
                        case ENCRYPTED ->
                                OpensslCipher.decrypting(
                                        name, inner, key(), ContentSniffer::isKnown);
                        case GZIP -> Compression.GZIP.decompressing(name, inner);
                        case ZSTD -> Compression.ZSTD.decompressing(name, inner);
                        case CUSTOM_DUMP, TAR, WAL_SEGMENT, TEXT, UNKNOWN -> inner;
                    };
            return kind == ContentKind.ENCRYPTED
                    || kind == ContentKind.GZIP
                    || kind == ContentKind.ZSTD;
        }

        private DecryptionKeys key() throws RecoveryException {
            return keys.orElseThrow(
                    () ->
                            new RecoveryException(
                                    ProblemCode.KEY_MISSING,
                                    name + " is encrypted, and no key is set.",
                                    "BACKUP_ENCRYPTION_KEY is empty.",
                                    "Set it to the key, to file:PATH or to"
                                            + " secretsmanager:NAME."));
        }
    }
}
