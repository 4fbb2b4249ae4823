package dev.lifeboat.cli;

import dev.lifeboat.catalog.windows.TargetAnswer;
import dev.lifeboat.kernel.TimeSpan;
import dev.lifeboat.restore.estimate.Estimate;
import dev.lifeboat.restore.estimate.Outlook;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a plan brings and costs, for people and for programs. */
final class OutlookText {
    private OutlookText() {}

    static String of(Outlook outlook) {
        Estimate estimate = outlook.estimate();
        String lost =
                outlook.answer()
                        .map(OutlookText::lost)
                        .orElse("not known: " + outlook.untold().orElse("nobody could tell."));
        return "  that is     "
                + lost
                + System.lineSeparator()
                + "  takes       about "
                + text(estimate.likely())
                + " ("
                + text(estimate.low())
                + " to "
                + text(estimate.high())
                + "). "
                + estimate.basis();
    }

    private static String lost(TargetAnswer.Reachable answer) {
        TargetAnswer.Count lost = answer.lost();
        String count = answer.exact() ? Long.toString(lost.least()) : "at least " + lost.least();
        return count
                + (lost.least() == 1 ? " transaction" : " transactions")
                + answer.lostTime().map(time -> ", " + text(time) + " of them").orElse("")
                + (answer.unread() > 0
                        ? " (" + answer.unread() + " segments are not in the index)"
                        : "");
    }

    private static String text(Duration duration) {
        return TimeSpan.told(duration.plusMillis(500));
    }

    /** The members of {@code outlook} in JSON. */
    static Map<String, Object> json(Outlook outlook) {
        Map<String, Object> document = new LinkedHashMap<>();
        outlook.answer()
                .ifPresent(
                        answer -> {
                            document.put("commitsLost", answer.lost().least());
                            document.put("commitsLostAtMost", answer.lost().most());
                            document.put(
                                    "secondsLost",
                                    answer.lostTime().map(Duration::toSeconds).orElse(null));
                            document.put("exact", answer.exact());
                            document.put("walStoredBytes", answer.work().walStoredBytes());
                        });
        outlook.untold().ifPresent(why -> document.put("notKnown", why));
        Estimate estimate = outlook.estimate();
        document.put(
                "estimateSeconds",
                new long[] {estimate.low().toSeconds(), estimate.high().toSeconds()});
        document.put("likelySeconds", estimate.likely().toSeconds());
        document.put("measuredRestores", estimate.runs());
        document.put("basis", estimate.basis());
        return document;
    }
}
