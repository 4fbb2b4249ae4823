package dev.lifeboat.ui.restore;

import dev.lifeboat.kernel.TimeSpan;
import dev.lifeboat.restore.RestoreView;
import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.control.MonoText;
import dev.lifeboat.ui.control.StatusBadge;
import dev.lifeboat.ui.theme.Role;

import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** How far a handover is and, once it is over, where the database is and what people still do. */
final class HandoverResult extends VBox {
    HandoverResult(RestoreView view) {
        getStyleClass().add("handover-result");
        HandoverSteps.of(view).forEach(this::step);
        view.handedOver().ifPresent(fields -> over(view, fields));
    }

    private void step(HandoverSteps.Row row) {
        Role role =
                switch (row.standing()) {
                    case DONE -> Role.OK;
                    case RUNNING -> Role.INFO;
                    case WAITING, LEFT_OUT -> Role.MUTED;
                };
        var badge = new StatusBadge(role, HandoverSteps.word(row.standing()));
        badge.getStyleClass().add("check-badge");
        var name = label(HandoverSteps.name(row.step()), "strong");
        name.setMinWidth(USE_PREF_SIZE);
        var head = new FlowPane(badge, name);
        head.getStyleClass().add("handover-step");
        if (!row.detail().isEmpty()) {
            head.getChildren().add(label(row.detail(), "muted"));
        }
        getChildren().add(head);
    }

    private void over(RestoreView view, Map<String, Object> fields) {
        block("handover.url", String.valueOf(fields.get("url")));
        if (fields.get("rtoSeconds") instanceof Number seconds) {
            String took = TimeSpan.told(Duration.ofSeconds(seconds.longValue()));
            getChildren().add(label(Messages.text("handover.rto", took), "strong"));
        }
        getChildren().add(label(Messages.text("handover.people"), "h2"));
        List<String> commands = HandoverSteps.reindex(view);
        if (!commands.isEmpty()) {
            block("handover.people.reindex", String.join("\n", commands));
        }
        if (!Boolean.TRUE.equals(fields.get("archive"))) {
            getChildren().add(label(Messages.text("handover.people.archive"), "strong"));
        }
        for (String key :
                List.of(
                        "handover.people.service",
                        "handover.people.replicas",
                        "handover.people.outside",
                        "handover.people.fence")) {
            getChildren().add(label(Messages.text(key), "body"));
        }
    }

    private void block(String key, String text) {
        getChildren().addAll(label(Messages.text(key), "overline"), MonoText.block(text));
    }

    private static Label label(String words, String style) {
        var label = new Label(words);
        label.getStyleClass().add(style);
        label.setWrapText(true);
        label.setMinHeight(USE_PREF_SIZE);
        return label;
    }
}
