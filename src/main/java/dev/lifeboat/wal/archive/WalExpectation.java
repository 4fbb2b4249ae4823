package dev.lifeboat.wal.archive;

import dev.lifeboat.wal.WalSegment;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is known of the cluster whose WAL is fetched; a file that does not fit is refused.
 *
 * @param segmentBytes the cluster's segment size; without it a segment's own header is believed
 * @param systemIdentifier as PostgreSQL prints it
 */
public record WalExpectation(OptionalInt segmentBytes, Optional<String> systemIdentifier) {
    public WalExpectation {
        segmentBytes.ifPresent(
                bytes -> {
                    if (!WalSegment.isValidSize(bytes)) {
                        throw new IllegalArgumentException(bytes + " is no segment size");
                    }
                });
    }

    /** Nothing is known, as for {@code wal fetch}: the file only has to agree with itself. */
    public static WalExpectation none() {
        return new WalExpectation(OptionalInt.empty(), Optional.empty());
    }

    public static WalExpectation of(String systemIdentifier, int segmentBytes) {
        return new WalExpectation(OptionalInt.of(segmentBytes), Optional.of(systemIdentifier));
    }
}
