package dev.lifeboat.ui.theme;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Contrast by WCAG 2.1 (relative luminance), and the distance between the roles as people see them
 * who lack a kind of cone: Machado, Oliveira and Fernandes 2009, severity 1.0, CIE 1976 distance.
 */
class RoleColoursTest {
    private static final Pattern COLOUR = Pattern.compile("(-dr-[a-z-]+): #([0-9a-f]{6});");
    private static final List<String> THEMES = List.of("dark", "light", "contrast");
    private static final List<String> ROLES =
            List.of("ok", "warn", "danger", "info", "drill", "target");

    /** What text stands on; the others lie under a pointer or a selection. */
    private static final List<String> GROUNDS = List.of("-dr-ground", "-dr-raised");

    private static final double READABLE = 4.5;
    private static final double LARGE_TEXT_READABLE = 3;
    private static final double APART = 15;
    private static final double[][] SEES_ALL = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
    private static final double[][] PROTAN = {
        {0.152286, 1.052583, -0.204868},
        {0.114503, 0.786281, 0.099216},
        {-0.003882, -0.048116, 1.051998}
    };
    private static final double[][] DEUTAN = {
        {0.367322, 0.860646, -0.227968},
        {0.280085, 0.672501, 0.047413},
        {-0.011820, 0.042940, 0.968881}
    };
    private static final double[][] TRITAN = {
        {1.255528, -0.076749, -0.178779},
        {-0.078411, 0.930809, 0.147602},
        {0.004733, 0.691367, 0.303900}
    };

    @TestFactory
    Stream<DynamicTest> everyRoleCanBeReadOnTheGround() {
        return THEMES.stream()
                .map(
                        theme ->
                                DynamicTest.dynamicTest(
                                        theme, () -> assertThat(unreadable(theme)).isEmpty()));
    }

    @TestFactory
    Stream<DynamicTest> noTwoRolesLookTheSameToAnybody() {
        return THEMES.stream()
                .map(
                        theme ->
                                DynamicTest.dynamicTest(
                                        theme, () -> assertThat(confusable(theme)).isEmpty()));
    }

    private static List<String> unreadable(String theme) throws IOException {
        Map<String, double[]> colours = colours(theme);
        List<String> faults = new ArrayList<>();
        List<String> words = new ArrayList<>(ROLES);
        words.addAll(List.of("text", "muted"));
        for (String role : words) {
            for (String ground :
                    List.of(
                            "-dr-ground",
                            "-dr-raised",
                            "-dr-sunken",
                            "-dr-hover",
                            "-dr-selected")) {
                double least = GROUNDS.contains(ground) ? READABLE : LARGE_TEXT_READABLE;
                double contrast = contrast(colours.get("-dr-" + role), colours.get(ground));
                if (contrast < least) {
                    faults.add("%s on %s: %.2f".formatted(role, ground, contrast));
                }
            }
        }
        for (String fill : List.of("production", "staging", "drill", "sandbox", "unknown")) {
            double contrast =
                    contrast(colours.get("-dr-on-fill-" + fill), colours.get("-dr-fill-" + fill));
            if (contrast < READABLE) {
                faults.add("%s on its fill: %.2f".formatted(fill, contrast));
            }
        }
        return faults;
    }

    private static List<String> confusable(String theme) throws IOException {
        Map<String, double[]> colours = colours(theme);
        List<String> faults = new ArrayList<>();
        for (double[][] eyes : List.of(SEES_ALL, PROTAN, DEUTAN, TRITAN)) {
            for (int i = 0; i < ROLES.size(); i++) {
                for (int j = i + 1; j < ROLES.size(); j++) {
                    double distance =
                            distance(
                                    lab(seen(eyes, colours.get("-dr-" + ROLES.get(i)))),
                                    lab(seen(eyes, colours.get("-dr-" + ROLES.get(j)))));
                    if (distance < APART) {
                        faults.add(
                                "%s and %s: %.1f".formatted(ROLES.get(i), ROLES.get(j), distance));
                    }
                }
            }
        }
        return faults;
    }

    /** Linear RGB, 0 to 1. */
    private static Map<String, double[]> colours(String theme) throws IOException {
        try (InputStream in =
                RoleColoursTest.class.getResourceAsStream(
                        "/dev/lifeboat/ui/theme/" + theme + ".css")) {
            var colours = new HashMap<String, double[]>();
            COLOUR.matcher(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .results()
                    .forEach(
                            hit ->
                                    colours.put(
                                            hit.group(1),
                                            linear(Integer.parseInt(hit.group(2), 16))));
            return colours;
        }
    }

    private static double[] linear(int rgb) {
        double[] channels = new double[3];
        for (int i = 0; i < 3; i++) {
            double value = (rgb >> (16 - 8 * i) & 0xff) / 255.0;
            channels[i] = value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
        }
        return channels;
    }

    private static double contrast(double[] one, double[] other) {
        double lighter = Math.max(luminance(one), luminance(other));
        double darker = Math.min(luminance(one), luminance(other));
        return (lighter + 0.05) / (darker + 0.05);
    }

    private static double luminance(double[] colour) {
        return 0.2126 * colour[0] + 0.7152 * colour[1] + 0.0722 * colour[2];
    }

    private static double[] seen(double[][] eyes, double[] colour) {
        double[] seen = new double[3];
        for (int i = 0; i < 3; i++) {
            double sum = eyes[i][0] * colour[0] + eyes[i][1] * colour[1] + eyes[i][2] * colour[2];
            seen[i] = Math.clamp(sum, 0, 1);
        }
        return seen;
    }

    private static double[] lab(double[] c) {
        double x = f((0.4124 * c[0] + 0.3576 * c[1] + 0.1805 * c[2]) / 0.95047);
        double y = f(0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2]);
        double z = f((0.0193 * c[0] + 0.1192 * c[1] + 0.9505 * c[2]) / 1.08883);
        return new double[] {116 * y - 16, 500 * (x - y), 200 * (y - z)};
    }

    private static double f(double t) {
        return t > 216.0 / 24389 ? Math.cbrt(t) : (24389.0 / 27 * t + 16) / 116;
    }

    private static double distance(double[] one, double[] other) {
        double sum = 0;
        for (int i = 0; i < 3; i++) {
            sum += (one[i] - other[i]) * (one[i] - other[i]);
        }
        return Math.sqrt(sum);
    }
}
