package dev.lifeboat.storage.s3;

/**
 * The right that a refused request lacked.
 *
 * <p>Source: Amazon S3 user guide, "Required permissions for Amazon S3 API operations"; API
 * reference, HeadObject: without s3:ListBucket a missing object is answered with 403 as well.
 */
final class NeededRight {
    private NeededRight() {}

    /**
     * What to do about it, a sentence.
     *
     * @param doing what was tried, for example {@code read 'wal/x'}: its first word tells
     */
    static String remedy(String doing, String bucket) {
        String objects = " on arn:aws:s3:::" + bucket + "/*";
        String right =
                switch (doing.split(" ", 2)[0]) {
                    case "list" -> listing(doing) + " on arn:aws:s3:::" + bucket;
                    case "ask" -> "s3:GetBucketVersioning on arn:aws:s3:::" + bucket;
                    case "open" -> "s3:GetObjectVersion" + objects;
                    case "read", "look" ->
                            "s3:GetObject"
                                    + objects
                                    + " (and s3:ListBucket on the bucket: without it S3 refuses"
                                    + " what is merely absent)";
                    case "copy" -> "s3:GetObject and s3:PutObject" + objects;
                    case "delete" -> "s3:DeleteObject" + objects;
                    case "abort" -> "s3:AbortMultipartUpload" + objects;
                    case "thaw" -> "s3:RestoreObject" + objects;
                    default -> "s3:PutObject" + objects;
                };
        return "Give the role "
                + right
                + ", and the right to use the bucket's KMS key where it has one; see which rights"
                + " it has: lifeboat doctor.";
    }

    private static String listing(String doing) {
        return doing.startsWith("list the pending")
                ? "s3:ListBucketMultipartUploads"
                : doing.startsWith("list the versions") ? "s3:ListBucketVersions" : "s3:ListBucket";
    }
}
