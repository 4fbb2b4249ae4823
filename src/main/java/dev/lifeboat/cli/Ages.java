package dev.lifeboat.cli;

import java.time.Duration;

/** Ages as people say them. */
final class Ages {
    private Ages() {}

    /** The two largest units: {@code 3 d 4 h}, {@code 12 min}, {@code 40 s}. */
    static String told(Duration age) {
        if (age.toDays() > 0) {
            return age.toDays() + " d " + age.toHoursPart() + " h";
        }
        if (age.toHours() > 0) {
            return age.toHours() + " h " + age.toMinutesPart() + " min";
        }
        return age.toMinutes() > 0 ? age.toMinutes() + " min" : age.toSeconds() + " s";
    }
}
