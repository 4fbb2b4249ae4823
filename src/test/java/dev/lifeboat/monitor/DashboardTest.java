package dev.lifeboat.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** The dashboard of Grafana asks for nothing that is not told. */
class DashboardTest {
    private static final Instant NOON = Instant.parse("2026-04-07T12:00:00Z");

    @Test
    void everyPanelShowsSomething() throws Exception {
        JsonNode dashboard =
                new JsonMapper()
                        .readTree(Path.of("packaging/grafana/lifeboat-backups.json").toFile());
        Observations world = Observations.well(NOON);
        world.room = Optional.of(Known.of(new BucketRoom("s3://prod", 1000, 100)));
        var history = new TreeMap<Instant, Scrape>();
        Scrape scrape = Scrape.of(MetricsText.of(world.judged()));
        history.put(NOON.minusSeconds(60), scrape);
        history.put(NOON, scrape);
        List<Integer> ids = new ArrayList<>();

        for (JsonNode panel : dashboard.get("panels")) {
            ids.add(panel.get("id").asInt());
            for (JsonNode target : panel.get("targets")) {
                String expression = target.get("expr").asText();
                assertThat(PromQl.of(history, NOON, expression)).as(expression).isNotEmpty();
            }
        }

        assertThat(ids).doesNotHaveDuplicates().hasSizeGreaterThan(10);
        assertThat(dashboard.get("schemaVersion").asInt()).isPositive();
    }
}
