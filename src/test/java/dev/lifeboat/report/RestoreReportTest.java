package dev.lifeboat.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;

class RestoreReportTest {
    private static final String RECORD =
            """
            {"formatVersion":"1.0","id":"mockupaws_20260407_150000","state":"failed","tool":"0.1.0","host":"pg-dr-01",
             "startedAt":"2026-04-07T15:00:00Z","endedAt":"2026-04-07T15:12:40Z","planDigest":"c0ffee",
             "plan":{"id":"mockupaws_20260407_150000","region":"auto","notes":["Newer WAL may lie in <dr> & elsewhere."]},
             "checklist":[{"item":"free-space","kind":"automatic","state":"warning","measured":"1 TiB","needed":"2 TiB",
                           "attestedBy":null,"overriddenFor":"zstd file system"},
                          {"item":"team-notified","kind":"human","state":"ok","measured":"attested by maria","needed":"they know",
                           "attestedBy":"maria","overriddenFor":null}],
             "stages":[{"name":"fetch","seconds":12.5},{"name":"replay","seconds":30.25}],
             "reached":{"lsn":"0/5000100","xid":748},
             "checks":{"findings":[{"id":"rows:scenario_logs","state":"ok","measured":"8 209","expected":"about 8 200"}]},
             "problem":{"code":"NO_SPACE","what":"The disk is full.","why":"It held 3 GiB.","remedy":"Free 9 GiB."},
             "events":[{"at":"2026-04-07T15:00:00Z","event":"restore-began","pid":4711}]}
            """;

    @Test
    void tellsVerdictProblemStagesEvidenceAndChecks() throws Exception {
        Report report = RestoreReport.of(json(RECORD));

        assertThat(report.good()).isFalse();
        assertThat(report.sections())
                .extracting(Report.Section::heading)
                .containsExactly(
                        "Summary",
                        "Problem",
                        "Where it arrived",
                        "Stages",
                        "Checklist before the start",
                        "Checks of the restored database",
                        "Plan",
                        "Log");
        String all = report.sections().toString();
        assertThat(all)
                .contains("overridden: zstd file system", "attested by maria", "42.750", "8 209");
    }

    @Test
    void whatIsNestedInThePlanIsToldByItsParts() throws Exception {
        Report report =
                RestoreReport.of(
                        json(
                                "{\"id\":\"x\",\"state\":\"paused\",\"plan\":{\"target\":{\"kind\":\"lsn\","
                                        + "\"value\":\"0/5\"},\"timelines\":[1,2]}}"));

        assertThat(report.sections().getLast().rows())
                .containsExactly(
                        List.of("target.kind", "lsn"),
                        List.of("target.value", "0/5"),
                        List.of("timelines", "1, 2"));
    }

    @Test
    void whatIsNotInTheRecordHasNoSection() throws Exception {
        Report report = RestoreReport.of(json("{\"id\":\"x\",\"state\":\"paused\"}"));

        assertThat(report.good()).isTrue();
        assertThat(report.sections())
                .extracting(Report.Section::heading)
                .containsExactly("Summary");
    }

    private static final String WITH_RESCUES =
            """
            {"id":"x","state":"promoted",
             "checklist":[{"item":"team-notified","state":"ok","attestedBy":"maria","saidAt":"2026-04-07T14:58:03Z"}],
             "rescues":[
              {"at":"2026-04-07T15:20:00Z","endedAt":"2026-04-07T15:20:03Z","outcome":"done","by":"ada",
               "into":"mockupaws@pg-live:5432","asked":["scenario_logs"],
               "copy":{"state":"promoted","lsn":"0/5000100","time":"2026-04-07T14:29:59Z"},
               "tables":[{"table":"public.scenario_logs","inserted":409,"updated":2,"conflicts":1,
                          "changedMeanwhile":0,"undo":"rescue/undo.sql"}]},
              {"at":"2026-04-07T15:30:00Z","endedAt":"2026-04-07T15:30:01Z","outcome":"failed","tables":[],
               "problem":{"what":"public.users has no primary key."}},
              {"at":"2026-04-07T15:40:00Z","outcome":"not-told","tables":[]},
              "The journal of one cannot be read."]}
            """;

    @Test
    void eachRescueIsToldInEveryForm() throws Exception {
        Report report = RestoreReport.of(json(WITH_RESCUES));

        for (String text : List.of(HtmlReport.of(report), report.toString(), textOfPdf(report))) {
            assertThat(text.replaceAll("\\s+", " "))
                    .contains("Rows brought back into the live database")
                    .contains("2026-04-07T15:20:00Z", "mockupaws@pg-live:5432", "ada")
                    .contains("promoted, at 0/5000100, last commit 2026-04-07T14:29:59Z")
                    .contains("public.scenario_logs")
                    .contains("409 rows brought back, 2 changed, 1 left alone")
                    .contains("public.users has no primary key.")
                    .contains("it is under way, or was killed")
                    .contains("The journal of one cannot be read.");
        }
    }

    @Test
    void checksOfThePausedCopyAreNotThoseOfThePromotedOne() throws Exception {
        String checked =
                """
                {"id":"x","state":"promoted","checkedAt":"2026-04-07T15:00:00Z","promotedAt":"2026-04-07T15:%s:00.5Z",
                 "checks":{"findings":[{"id":"rows:t","state":"ok","measured":"8","expected":"8"}]}}
                """;

        assertThat(RestoreReport.of(json(checked.formatted("10"))).sections().getLast().heading())
                .endsWith("made before it was promoted");
        assertThat(
                        RestoreReport.of(json(checked.replace("15:%s", "14:%s").formatted("10")))
                                .sections()
                                .getLast()
                                .heading())
                .isEqualTo("Checks of the restored database");
    }

    @Test
    void tellsWhenSomebodyVouched() throws Exception {
        assertThat(RestoreReport.of(json(WITH_RESCUES)).toString())
                .contains("attested by maria, 2026-04-07T14:58:03Z");
    }

    @Test
    void aRestoreThatWaitsHasNotEnded() throws Exception {
        Report report =
                RestoreReport.of(
                        json(
                                "{\"id\":\"x\",\"state\":\"paused\",\"endedAt\":\"2026-04-07T15:12:40Z\","
                                        + "\"events\":[{\"event\":\"paused\",\"at\":\"2026-04-07T15:12:33Z\"}]}"));

        assertThat(report.sections().getFirst().rows())
                .contains(List.of("Paused since (UTC)", "2026-04-07T15:12:33Z"))
                .noneMatch(row -> row.getFirst().startsWith("Ended"));
    }

    @Test
    void htmlStandsAloneAndLetsNoTextBecomeMarkup() throws Exception {
        String html = HtmlReport.of(RestoreReport.of(json(RECORD)));

        assertThat(html).contains("&lt;dr&gt; &amp; elsewhere").doesNotContain("<dr>");
        assertThat(html).doesNotContain("<script", "http");
    }

    @Test
    void pdfHoldsEveryTextOverManyPages() throws Exception {
        var events = new StringBuilder();
        for (int i = 0; i < 300; i++) {
            events.append(
                    ",{\"at\":\"2026-04-07T15:00:00Z\",\"event\":\"frame-placed\",\"number\":%d}"
                            .formatted(i));
        }
        String longRecord = RECORD.replace("\"pid\":4711}", "\"pid\":4711}" + events);

        String text = textOfPdf(RestoreReport.of(json(longRecord)));

        assertThat(text).contains("The disk is full.", "overridden: zstd", "number=299");
    }

    @Test
    void pdfWritesWhatItsFontLacksAsACodePoint() throws Exception {
        String text = textOfPdf(RestoreReport.of(json("{\"id\":\"x\",\"state\":\"failed 😀\"}")));

        assertThat(text).contains("<U+1F600>");
    }

    private static String textOfPdf(Report report) throws IOException {
        var out = new ByteArrayOutputStream();
        PdfReport.write(report, out);
        try (var document = Loader.loadPDF(out.toByteArray())) {
            return new PDFTextStripper().getText(document);
        }
    }

    private static JsonNode json(String text) throws IOException {
        return new JsonMapper().readTree(text);
    }
}
