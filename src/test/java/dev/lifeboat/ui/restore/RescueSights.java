package dev.lifeboat.ui.restore;

import dev.lifeboat.restore.RestoreState;

/** What the rescue's command answers, as it prints it. */
final class RescueSights {
    private RescueSights() {}

    /** A copy that waits, and a live database whose rows were lost. */
    static FlowServices services() {
        var services = new FlowServices();
        services.restores.add(Sights.view(RestoreState.PAUSED, Sights.upToPause()));
        return services;
    }

    /** Rows are missing in one table, another one was dropped. */
    static String compared() {
        return """
        {"restore":"%s","tables":[%s,
         {"table":"public.orders","state":"dropped","missing":9120,"changed":0,"new":0,
          "samples":{"missing":[],"changed":[],"new":[]},"triggers":[],
          "notes":["It was dropped in the live database: its definition comes with its rows."],
          "applied":null}]}
        """
                .formatted(Sights.ID, logs("null"));
    }

    /** Nothing is missing. */
    static String same() {
        return """
        {"tables":[{"table":"public.users","state":"present","missing":0,"changed":0,"new":12,
          "samples":{"missing":[],"changed":[],"new":["41"]},"triggers":[],"notes":[],
          "applied":null}]}
        """;
    }

    /** What was missing came back. */
    static String applied() {
        return """
        {"tables":[%s]}
        """
                .formatted(
                        logs(
                                """
                                {"tableCreated":false,"inserted":411,"conflicts":1,"updated":0,
                                 "changedMeanwhile":0,"sequences":["scenario_logs_id_seq: 81377"],
                                 "database":"postgresql://app@db-1:5432/appdb",
                                 "script":"/r/rescue/scenario_logs.sql",
                                 "undo":"/r/rescue/scenario_logs.undo.sql"}
                                """));
    }

    private static String logs(String applied) {
        return """
        {"table":"public.scenario_logs","state":"present","missing":412,"changed":3,"new":28,
         "samples":{"missing":["41007","41008","41012"],"changed":["7"],"new":["90001"]},
         "triggers":["audit"],"notes":["Each row that comes back fires: audit."],
         "applied":%s}
        """
                .formatted(applied);
    }
}
