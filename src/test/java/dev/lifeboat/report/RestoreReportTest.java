package dev.lifeboat.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;

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
    void whatIsNotInTheRecordHasNoSection() throws Exception {
        Report report = RestoreReport.of(json("{\"id\":\"x\",\"state\":\"paused\"}"));

        assertThat(report.good()).isTrue();
        assertThat(report.sections())
                .extracting(Report.Section::heading)
                .containsExactly("Summary");
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
