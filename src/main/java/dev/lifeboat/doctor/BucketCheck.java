package dev.lifeboat.doctor;

import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.CredentialsReport;
import dev.lifeboat.storage.MultipartUpload;
import dev.lifeboat.storage.Probe;
import dev.lifeboat.storage.PutOptions;
import dev.lifeboat.storage.Region;
import dev.lifeboat.storage.RegionPair;
import dev.lifeboat.storage.StorageException;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Asks each bucket what may be done there, with which credentials, by which clock. */
final class BucketCheck {
    private static final Duration SKEW_WARNING = Duration.ofSeconds(30);
    private static final Duration EXPIRY_WARNING = Duration.ofHours(1);

    private static final String PROBE_KEY = "records/doctor/probe";

    private final Instant now;

    BucketCheck(Instant now) {
        this.now = now;
    }

    /**
     * @param what {@code backups} or {@code wal}
     */
    List<Finding> check(String what, RegionPair regions, String prefix) throws RecoveryException {
        List<Finding> findings = new ArrayList<>();
        for (Region region : regions.regions()) {
            String subject = what + " " + region.name();
            Probe probe = region.store().probe(prefix);
            right(findings, subject, probe, "list", probe.list());
            right(findings, subject, probe, "read", probe.read());
            if (probe.isUsable()) {
                findings.add(write(subject, region, prefix));
            }
            probe.credentials()
                    .ifPresent(credentials -> findings.add(credentials(subject, credentials)));
            probe.clockSkew().ifPresent(skew -> findings.add(skew(subject, skew)));
        }
        return findings;
    }

    /**
     * An upload in parts that is begun and given up needs the right to write, and leaves nothing.
     */
    private static Finding write(String subject, Region region, String prefix)
            throws RecoveryException {
        String name = subject + " write";
        try (MultipartUpload upload =
                region.store().begin(prefix + PROBE_KEY, PutOptions.plain())) {
            upload.abort();
            return Finding.ok(name, region.store().name());
        } catch (StorageException refused) {
            return region.role() == Region.Role.DR
                    ? Finding.warning(
                            name,
                            refused.problem().what() + " " + refused.problem().why(),
                            "That is well while the bucket itself replicates; without the right"
                                    + " nothing goes to DR while the primary is gone. "
                                    + refused.problem().remedy())
                    : Finding.failure(name, refused.problem());
        }
    }

    private static void right(
            List<Finding> findings, String subject, Probe probe, String right, Probe.Check check) {
        String name = subject + " " + right;
        switch (check.state()) {
            case PASSED -> findings.add(Finding.ok(name, probe.store()));
            case FAILED -> findings.add(Finding.failure(name, check.problem()));
            case UNKNOWN ->
                    findings.add(
                            Finding.warning(
                                    name,
                                    "It cannot be found out without the right to list.",
                                    "Grant s3:ListBucket on " + probe.store() + "."));
        }
    }

    private Finding credentials(String subject, CredentialsReport credentials) {
        String seen = credentials.source() + ", " + credentials.accessKeyId();
        boolean soon =
                credentials.expiresAt().isPresent()
                        && credentials.expiresAt().get().isBefore(now.plus(EXPIRY_WARNING));
        String until = credentials.expiresAt().map(at -> ", until " + at).orElse("");
        return soon
                ? Finding.warning(
                        subject + " credentials",
                        seen + until,
                        "Renew them before a long restore, for example with: aws sso login.")
                : Finding.ok(subject + " credentials", seen + until);
    }

    private static Finding skew(String subject, Duration skew) {
        String seen = skew.toSeconds() + " s beside this machine's clock";
        return skew.abs().compareTo(SKEW_WARNING) > 0
                ? Finding.warning(
                        subject + " clock",
                        seen,
                        "Set this machine's clock (timedatectl set-ntp true): S3 refuses requests"
                                + " from 15 minutes on.")
                : Finding.ok(subject + " clock", seen);
    }
}
