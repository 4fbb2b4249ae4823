package dev.lifeboat.storage.s3;

import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.ThawTier;

import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.Tier;

import java.util.Locale;

/** RestoreObject. */
final class S3Thaw {
    private S3Thaw() {}

    static void thaw(S3Connection connection, String key, int days, ThawTier tier)
            throws RecoveryException {
        Tier speed =
                Tier.fromValue(
                        tier.name().charAt(0) + tier.name().substring(1).toLowerCase(Locale.ROOT));
        try {
            connection
                    .client()
                    .restoreObject(
                            r ->
                                    r.bucket(connection.bucket())
                                            .key(key)
                                            .restoreRequest(
                                                    w ->
                                                            w.days(days)
                                                                    .glacierJobParameters(
                                                                            g -> g.tier(speed))));
        } catch (RuntimeException failed) {
            if (!(failed instanceof S3Exception answered) || !isDoneAlready(answered)) {
                throw connection.translate("thaw '" + key + "'", key, failed);
            }
        }
    }

    /** It is on its way, or it is in no archive. */
    private static boolean isDoneAlready(S3Exception answered) {
        String code = S3Failures.code(answered).orElse("");
        return code.equals("RestoreAlreadyInProgress") || code.equals("InvalidObjectState");
    }
}
