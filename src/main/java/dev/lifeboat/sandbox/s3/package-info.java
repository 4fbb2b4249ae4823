/**
 * The S3 server of the sandbox and of the tests: S3Proxy over a folder, in this process.
 *
 * <p>Two servers on two ports play two regions. It checks signatures, clock skew, ranges and
 * conditions as S3 does, keeps metadata in the file system's user attributes, and knows no
 * versioning, archive, tags, lifecycle, or rights per key. Each page of a listing walks the whole
 * folder, so it is no measure of listing speed.
 */
package dev.lifeboat.sandbox.s3;
