package dev.lifeboat.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The files of cron and systemd say the same, and what the runbook says. */
class SchedulesTest {
    private static final Path CRON = Path.of("packaging/cron/mockupaws-backup");
    private static final Path SYSTEMD = Path.of("packaging/systemd");
    private static final Pattern CRON_LINE =
            Pattern.compile("(\\d+) (\\S+) \\* \\* (\\S+) root (\\S+) (\\S+) >> \\S+\\.log 2>&1");

    @Test
    void theRunbooksThreeLinesStandWordForWord() throws Exception {
        assertThat(Files.readString(CRON))
                .contains(
                        """
                        # Daily full backup at 02:00 UTC
                        0 2 * * * root /opt/mockupaws/scripts/backup.sh full >> /var/log/mockupaws/backup.log 2>&1
                        # Hourly WAL archive
                        0 * * * * root /opt/mockupaws/scripts/backup.sh wal >> /var/log/mockupaws/wal.log 2>&1
                        # Daily cleanup
                        0 4 * * * root /opt/mockupaws/scripts/backup.sh cleanup >> /var/log/mockupaws/cleanup.log 2>&1
                        """);
    }

    @Test
    void cronAndSystemdRunTheSameAtTheSameTimes() throws Exception {
        Map<String, String> cron = new TreeMap<>();
        for (Matcher line : cronLines()) {
            cron.put(line.group(5), calendar(line.group(1), line.group(2), line.group(3)));
        }

        assertThat(timers()).isEqualTo(cron);
        assertThat(cron)
                .containsOnlyKeys(
                        "full", "base", "config", "wal", "cleanup", "verify", "restore-test");
        assertThat(cron.get("restore-test")).startsWith("Sun ");
    }

    @Test
    void everyScheduleIsAnArgumentOfTheScript() throws Exception {
        String script = Files.readString(Path.of("packaging/scripts/backup.sh"));
        for (Matcher line : cronLines()) {
            assertThat(line.group(4)).isEqualTo("/opt/mockupaws/scripts/backup.sh");
            assertThat(script).contains("\n  " + line.group(5) + " ");
        }
    }

    @Test
    void theMonitorListensWhereTheRunbookAsks() throws Exception {
        assertThat(Files.readString(SYSTEMD.resolve("lifeboat-monitor.service")))
                .contains("lifeboat monitor --listen 127.0.0.1:8000");
    }

    private static List<Matcher> cronLines() throws IOException {
        return Files.readAllLines(CRON).stream()
                .filter(line -> line.matches("[0-9].*"))
                .map(
                        line -> {
                            Matcher matcher = CRON_LINE.matcher(line);
                            assertThat(matcher.matches()).as(line).isTrue();
                            return matcher;
                        })
                .toList();
    }

    private static String calendar(String minute, String hour, String day) {
        String at = hour.equals("*") ? "*" : "%02d".formatted(Integer.parseInt(hour));
        return (day.equals("0") ? "Sun " : "")
                + "*-*-* "
                + at
                + ":%02d:00 UTC".formatted(Integer.parseInt(minute));
    }

    private static Map<String, String> timers() throws IOException {
        Map<String, String> timers = new TreeMap<>();
        try (Stream<Path> files = Files.list(SYSTEMD)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".timer")).toList()) {
                String text = Files.readString(file);
                timers.put(
                        value(text, "Unit").replaceAll("lifeboat-backup@(.*)\\.service", "$1"),
                        value(text, "OnCalendar"));
                assertThat(text).contains("Persistent=true", "WantedBy=timers.target");
            }
        }
        return timers;
    }

    private static String value(String text, String name) {
        Matcher matcher = Pattern.compile("(?m)^" + name + "=(.*)$").matcher(text);
        assertThat(matcher.find()).as(name).isTrue();
        return matcher.group(1);
    }
}
