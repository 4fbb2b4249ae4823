package dev.lifeboat.storage.s3;

import dev.lifeboat.kernel.CancelledException;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.StorageException;
import dev.lifeboat.storage.StorageException.Kind;

import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;

import java.io.IOException;
import java.util.Optional;

/**
 * Says what an exception of the SDK means. Only an error code in the answer's body proves anything:
 * a bare status may come from whatever stands in between. (To a HEAD that is answered with 404 the
 * SDK adds the code NoSuchKey by itself, so such an exception must not come here.)
 *
 * <p>Source: Amazon S3 API reference, "Error responses".
 */
final class S3Failures {
    private final String store;
    private final S3Settings settings;

    S3Failures(String store, S3Settings settings) {
        this.store = store;
        this.settings = settings;
    }

    /**
     * @param doing what was tried, for example {@code read 'wal/x'}
     * @param key the object it was about; empty for the bucket
     */
    RecoveryException translate(String doing, String key, RuntimeException thrown) {
        if (thrown instanceof AwsServiceException answered) {
            return answered(doing, key, answered);
        }
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case S3Identity.NoCredentials none -> {
                    return noCredentials(doing, none);
                }
                case AbortedException _, InterruptedException _ -> {
                    Thread.currentThread().interrupt();
                    return new CancelledException();
                }
                case S3Body.Unreadable unreadable -> {
                    return StorageException.unreadable(store, key, unreadable);
                }
                case RecoveryException known -> {
                    return known;
                }
                default -> {}
            }
        }
        if (thrown instanceof SdkException || thrown.getCause() instanceof IOException) {
            return unreachable(doing, thrown);
        }
        throw thrown;
    }

    /** The error code of the answer's body; empty when it gave none. */
    static Optional<String> code(AwsServiceException answered) {
        return Optional.ofNullable(answered.awsErrorDetails())
                .map(AwsErrorDetails::errorCode)
                .filter(code -> !code.isBlank());
    }

    /**
     * A success that lacks what S3 always says is none: a proxy or a portal answered.
     *
     * @return the value, which is there
     */
    <T> T require(String doing, T value) throws StorageException {
        if (value == null) {
            throw new StorageException(
                    Kind.UNREACHABLE,
                    sentence(doing),
                    "What answered is no S3 service: the answer lacks what S3 always says.",
                    remedy(Kind.UNREACHABLE, null));
        }
        return value;
    }

    private RecoveryException answered(String doing, String key, AwsServiceException answered) {
        String code = code(answered).orElse("");
        return switch (kind(code, answered.statusCode())) {
            case ABSENT -> StorageException.absent(store, key);
            case UPLOAD_GONE -> StorageException.uploadGone(store, key);
            case ARCHIVED -> StorageException.archived(store, key);
            case Kind kind ->
                    new StorageException(
                            kind,
                            sentence(doing),
                            said(answered, code),
                            kind == Kind.ACCESS_DENIED
                                    ? NeededRight.remedy(doing, settings.bucket())
                                    : remedy(kind, answered),
                            answered);
        };
    }

    private static Kind kind(String code, int status) {
        return switch (code) {
            case "NoSuchKey", "NoSuchVersion" -> Kind.ABSENT;
            case "NoSuchBucket" -> Kind.BUCKET_MISSING;
            case "NoSuchUpload" -> Kind.UPLOAD_GONE;
            case "InvalidObjectState" -> Kind.ARCHIVED;
            case "AccessDenied", "AllAccessDisabled", "AccountProblem", "Forbidden" ->
                    Kind.ACCESS_DENIED;
            case "InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidToken", "InvalidSecurity" ->
                    Kind.CREDENTIALS_REFUSED;
            case "ExpiredToken", "TokenRefreshRequired", "RequestExpired" ->
                    Kind.CREDENTIALS_EXPIRED;
            case "RequestTimeTooSkewed" -> Kind.CLOCK_SKEWED;
            case "PermanentRedirect",
                    "TemporaryRedirect",
                    "Redirect",
                    "AuthorizationHeaderMalformed",
                    "IllegalLocationConstraintException" ->
                    Kind.WRONG_REGION;
            case "SlowDown",
                    "RequestLimitExceeded",
                    "Throttling",
                    "ThrottlingException",
                    "TooManyRequests",
                    "OperationAborted",
                    "ConditionalRequestConflict" ->
                    Kind.THROTTLED;
            case "RequestTimeout", "IncompleteBody" -> Kind.UNREACHABLE;
            default -> byStatus(status);
        };
    }

    private static Kind byStatus(int status) {
        return switch (status) {
            case 301, 307, 308 -> Kind.WRONG_REGION;
            case 401, 403 -> Kind.ACCESS_DENIED;
            case 429 -> Kind.THROTTLED;
            default -> status >= 500 ? Kind.UNREACHABLE : Kind.OTHER;
        };
    }

    private String said(AwsServiceException answered, String code) {
        String message =
                answered.awsErrorDetails() == null
                        ? ""
                        : String.valueOf(answered.awsErrorDetails().errorMessage());
        return "The store answered "
                + (code.isEmpty() ? "without a reason" : code)
                + " (HTTP "
                + answered.statusCode()
                + (message.isBlank() || message.equals("null") ? "" : ", " + strip(message))
                + ").";
    }

    private static String strip(String message) {
        return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
    }

    private StorageException noCredentials(String doing, S3Identity.NoCredentials none) {
        return new StorageException(
                none.isExpired() ? Kind.CREDENTIALS_EXPIRED : Kind.CREDENTIALS_MISSING,
                sentence(doing),
                none.isExpired()
                        ? "The credentials have expired."
                        : "No credentials for AWS were found.",
                none.isExpired()
                        ? "Sign in again, for example with: aws sso login"
                        : "Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; check"
                                + " with: aws sts get-caller-identity",
                none);
    }

    private StorageException unreachable(String doing, RuntimeException thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return new StorageException(
                Kind.UNREACHABLE,
                sentence(doing),
                "The store did not answer: " + strip(String.valueOf(root.getMessage())) + ".",
                remedy(Kind.UNREACHABLE, null),
                thrown);
    }

    private String sentence(String doing) {
        return "Could not " + doing + " in " + store + ".";
    }

    private String remedy(Kind kind, AwsServiceException answered) {
        return switch (kind) {
            case BUCKET_MISSING ->
                    "Check the bucket's name and the endpoint in the settings, with: aws s3 ls"
                            + " s3://"
                            + settings.bucket();
            case CREDENTIALS_REFUSED ->
                    "Check which credentials are used, with: lifeboat doctor, or aws sts"
                            + " get-caller-identity";
            case CREDENTIALS_EXPIRED -> "Sign in again, for example with: aws sso login";
            case CLOCK_SKEWED -> "Set this machine's clock, with: timedatectl set-ntp true";
            case WRONG_REGION -> "Set the bucket's region" + bucketRegion(answered) + ".";
            case THROTTLED -> "Try again later, or with fewer jobs at once.";
            case UNREACHABLE ->
                    "Check network, DNS, proxy and the endpoint"
                            + settings.endpoint().map(uri -> " " + uri).orElse("")
                            + ", or use the other region.";
            default -> "Look at the answer, and at the status of the service.";
        };
    }

    private static String bucketRegion(AwsServiceException answered) {
        return Optional.ofNullable(answered.awsErrorDetails())
                .map(AwsErrorDetails::sdkHttpResponse)
                .flatMap(response -> response.firstMatchingHeader("x-amz-bucket-region"))
                .map(region -> ", which is " + region + ",")
                .orElse("")
                .concat(" in the settings");
    }
}
