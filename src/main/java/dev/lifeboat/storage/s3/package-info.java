/**
 * Objects in S3, over the AWS SDK's synchronous client. The only place that knows the SDK.
 *
 * <p>The SDK's own retries, checksums and transfer manager are off: retry belongs to {@code
 * RetryingStore}, integrity to the manifests' digests, and ranges are read as they are asked for.
 */
package dev.lifeboat.storage.s3;
