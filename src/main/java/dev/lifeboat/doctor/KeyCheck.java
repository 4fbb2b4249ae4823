package dev.lifeboat.doctor;

import dev.lifeboat.catalog.BackupKind;
import dev.lifeboat.catalog.CatalogEntry;
import dev.lifeboat.engine.Engine;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.secrets.ResolvedSecret;
import dev.lifeboat.secrets.Secret;
import dev.lifeboat.storage.Region;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether the key can be had, also when the primary region is gone, and opens what lies in DR. */
final class KeyCheck {
    private static final String SUBJECT = "key when the primary is gone";
    private static final Pattern VAULT =
            Pattern.compile("secret (?:arn:[^:]*:secretsmanager:([^:]+):.*|.*) of AWS .*");

    private final Engine engine;
    private final CancelToken cancel;

    KeyCheck(Engine engine, CancelToken cancel) {
        this.engine = engine;
        this.cancel = cancel;
    }

    List<Finding> check() throws RecoveryException {
        List<Finding> findings = new ArrayList<>();
        String fingerprint = engine.keys().current().fingerprint().toString();
        ResolvedSecret key = engine.keySource();
        try (Secret _ = key.secret()) {
            findings.add(
                    Finding.ok("key", "fingerprint " + fingerprint + ", from " + key.origin()));
            key.warnings()
                    .forEach(
                            warning ->
                                    findings.add(
                                            Finding.warning(
                                                    "key",
                                                    warning,
                                                    "Keep the key where its owner alone can read"
                                                            + " it: chmod 600 FILE.")));
            kept(key.origin()).ifPresent(findings::add);
        }
        if (engine.backups().regions().size() > 1) {
            findings.addAll(inDr());
        }
        return findings;
    }

    /** A vault in the region that is lost is lost with it. */
    private Optional<Finding> kept(String origin) throws RecoveryException {
        Matcher vault = VAULT.matcher(origin);
        if (!vault.matches() || engine.settings().secondary().isEmpty()) {
            return Optional.empty();
        }
        Optional<String> primary = engine.settings().primary().region();
        Optional<String> there = Optional.ofNullable(vault.group(1));
        boolean elsewhere = there.isPresent() && !there.equals(primary);
        return Optional.of(
                elsewhere
                        ? Finding.ok(SUBJECT, "its vault is in " + there.get())
                        : Finding.warning(
                                SUBJECT,
                                "Its vault is that of the primary region, and would be gone with"
                                        + " it.",
                                "Replicate the secret (aws secretsmanager"
                                        + " replicate-secret-to-regions --secret-id NAME"
                                        + " --add-replica-regions Region="
                                        + dr()
                                        + ") and name the replica by its ARN, or keep a copy in a"
                                        + " file: BACKUP_ENCRYPTION_KEY=file:PATH."));
    }

    private String dr() throws RecoveryException {
        return engine.settings().secondary().orElseThrow().region().orElse("eu-west-1");
    }

    /** The primary is not asked at all. */
    private List<Finding> inDr() throws RecoveryException {
        List<CatalogEntry> entries = engine.catalog(Region.Role.DR).load(cancel).entries();
        List<Finding> findings = new ArrayList<>();
        for (BackupKind kind : List.of(BackupKind.FULL, BackupKind.BASE)) {
            String subject = "key and the newest " + kind.word() + " in dr";
            findings.add(
                    entries.stream()
                            .filter(entry -> entry.kind() == kind && entry.isUsable())
                            .findFirst()
                            .map(entry -> opened(subject, entry))
                            .orElseGet(
                                    () ->
                                            Finding.warning(
                                                    subject,
                                                    "There is none, so that a lost primary would be"
                                                            + " a lost archive.",
                                                    "Copy what the primary has: lifeboat replicate"
                                                            + " --apply.")));
        }
        return findings;
    }

    /** What is known to keep it shut is the finding; only what nobody looked at is not known. */
    static Finding opened(String subject, CatalogEntry entry) {
        if (entry.authenticated()) {
            return Finding.ok(subject, "opened " + entry.id() + ", the primary not asked");
        }
        return entry.problem()
                .map(problem -> Finding.failure(subject, problem))
                .orElseGet(
                        () ->
                                Finding.warning(
                                        subject,
                                        "Whether the key opens " + entry.id() + " is not known.",
                                        "Prove it: lifeboat verify "
                                                + entry.id()
                                                + " --region dr."));
    }
}
