package dev.lifeboat.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** docs/runbook.md is whole, and names tests and files that exist. */
class RunbookDocumentTest {
    private static final Path PAGE = Path.of("docs/runbook.md");
    private static final Pattern TEST = Pattern.compile("`([A-Z]\\w+(?:Test|IT))`");

    /** What the runbook has that a row must begin with. */
    private static final List<String> OF_THE_RUNBOOK =
            List.of(
                    "RTO",
                    "RPO",
                    "02:00-04:00",
                    "Retention 30",
                    "pg_dump",
                    "AES-256-CBC",
                    "archive_command",
                    "archive_timeout",
                    "recovery_target_time",
                    "backup_history",
                    "DATABASE_URL",
                    "BACKUP_BUCKET",
                    "BACKUP_ENCRYPTION_KEY",
                    "BACKUP_REGION",
                    "BACKUP_SECONDARY_REGION",
                    "BACKUP_SECONDARY_BUCKET",
                    "BACKUP_RETENTION_DAYS",
                    "restore.sh latest`",
                    "restore.sh s3://",
                    "restore.sh /path",
                    "--target-time",
                    "--verify-only",
                    "target is empty",
                    "disk space",
                    "integrity",
                    "notify the team",
                    "current state",
                    "FROM scenarios",
                    "\\dt",
                    "MAX(created_at)",
                    "Manual PITR",
                    "missing data",
                    "Disaster Recovery Procedures",
                    "verification, daily",
                    "restore test, weekly",
                    "drill, monthly",
                    "failover, quarterly",
                    "BackupNotRun",
                    "BackupFailed",
                    "LowBackupStorage",
                    "backup_last_success_timestamp",
                    "backup_failures_total",
                    "s3_bucket_free_bytes",
                    "health/backup",
                    "pg_stat_archiver",
                    "Replication lag",
                    "Disk full",
                    "backup.sh cleanup",
                    "Decryption fails",
                    "openssl enc",
                    "Database in use",
                    "get-caller-identity",
                    "aws s3 ls",
                    "get-bucket-acl",
                    "storage/logs/backup_",
                    "storage/logs/restore_",
                    "/var/log/postgresql",
                    "PagerDuty",
                    "yearly 7 years",
                    "openssl rand",
                    "create-secret",
                    "0 2 * * *",
                    "0 * * * *",
                    "0 4 * * *");

    @Test
    void everyRowSaysHowAndByWhichTest() throws Exception {
        for (String row : rows()) {
            String[] cells = row.substring(1, row.length() - 1).split("(?<!\\\\)\\|", -1);
            assertThat(cells).as(row).hasSize(3).noneMatch(String::isBlank);
            assertThat(tests(cells[2])).as(row).isNotEmpty();
        }
    }

    @Test
    void everyTestItNamesExists() throws Exception {
        Set<String> existing = testClasses();

        for (String row : rows()) {
            assertThat(existing).as(row).containsAll(tests(row));
        }
        assertThat(existing).containsAll(tests(Files.readString(Path.of("docs/dr-procedures.md"))));
    }

    @Test
    void nothingOfTheRunbookIsMissing() throws Exception {
        List<String> named = rows().stream().map(row -> row.split("\\|")[1]).toList();

        for (String item : OF_THE_RUNBOOK) {
            assertThat(named).as(item).anyMatch(name -> name.contains(item));
        }
    }

    @Test
    void everyProcedureIsCarriedOutByTheTestItNames() throws Exception {
        String page = Files.readString(Path.of("docs/dr-procedures.md"));
        String test =
                Files.readString(
                        Path.of("src/test/java/dev/lifeboat/packaging/DrProceduresIT.java"));

        Matcher named = Pattern.compile("`DrProceduresIT\\.(\\w+)`").matcher(page);
        List<String> methods = named.results().map(result -> result.group(1)).toList();
        assertThat(methods).hasSize(5);
        assertThat(methods).allMatch(method -> test.contains("void " + method + "()"));
    }

    private static List<String> rows() throws IOException {
        return Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("|"))
                .filter(line -> !line.startsWith("|---") && !line.startsWith("| runbook |"))
                .toList();
    }

    private static List<String> tests(String text) {
        return TEST.matcher(text).results().map((MatchResult result) -> result.group(1)).toList();
    }

    private static Set<String> testClasses() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".java"))
                    .map(name -> name.substring(0, name.length() - ".java".length()))
                    .collect(Collectors.toSet());
        }
    }
}
