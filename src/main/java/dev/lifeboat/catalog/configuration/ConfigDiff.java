package dev.lifeboat.catalog.configuration;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * What changed between two configuration backups: each file that is not the same, line by line, as
 * {@code diff -u} shows it.
 *
 * @param files only those that differ, by path
 */
public record ConfigDiff(List<FileDiff> files) {
    private static final int CONTEXT = 3;

    /** Beyond so many lines on both sides a file is shown as replaced. */
    private static final int MOST_LINES = 5_000;

    /** How a file differs. */
    public enum Change {
        ADDED,
        REMOVED,
        CHANGED
    }

    /**
     * One file.
     *
     * @param lines of the unified form, each with its sign; hunks begin with {@code @@}
     */
    public record FileDiff(String path, Change change, List<String> lines) {}

    /** The way from the first to the second. */
    public static ConfigDiff between(ConfigFiles from, ConfigFiles to) {
        var paths = new TreeSet<>(from.paths());
        paths.addAll(to.paths());
        List<FileDiff> files = new ArrayList<>();
        for (String path : paths) {
            boolean before = from.paths().contains(path);
            boolean after = to.paths().contains(path);
            List<String> old = before ? from.text(path).lines().toList() : List.of();
            List<String> now = after ? to.text(path).lines().toList() : List.of();
            if (!old.equals(now) || before != after) {
                Change change = !before ? Change.ADDED : !after ? Change.REMOVED : Change.CHANGED;
                files.add(new FileDiff(path, change, unified(old, now)));
            }
        }
        return new ConfigDiff(files);
    }

    /** One line of the whole comparison, with its numbers in both texts. */
    private record Line(char sign, String text, int old, int now) {}

    private static List<String> unified(List<String> old, List<String> now) {
        List<Line> all = lines(old, now);
        List<String> shown = new ArrayList<>();
        int last = -1;
        for (int i = 0; i < all.size(); i++) {
            if (!isNearChange(all, i)) {
                continue;
            }
            Line line = all.get(i);
            if (last < 0 || last != i - 1) {
                shown.add("@@ -" + (line.old + 1) + " +" + (line.now + 1) + " @@");
            }
            shown.add(line.sign + line.text);
            last = i;
        }
        return shown;
    }

    private static boolean isNearChange(List<Line> all, int at) {
        int to = Math.min(all.size() - 1, at + CONTEXT);
        for (int i = Math.max(0, at - CONTEXT); i <= to; i++) {
            if (all.get(i).sign != ' ') {
                return true;
            }
        }
        return false;
    }

    private static List<Line> lines(List<String> old, List<String> now) {
        int begin = 0;
        while (begin < Math.min(old.size(), now.size()) && old.get(begin).equals(now.get(begin))) {
            begin++;
        }
        int oldEnd = old.size();
        int nowEnd = now.size();
        while (oldEnd > begin
                && nowEnd > begin
                && old.get(oldEnd - 1).equals(now.get(nowEnd - 1))) {
            oldEnd--;
            nowEnd--;
        }
        List<Line> all = new ArrayList<>();
        for (int i = 0; i < begin; i++) {
            all.add(new Line(' ', old.get(i), i, i));
        }
        middle(old, now, begin, oldEnd, nowEnd, all);
        for (int i = oldEnd, j = nowEnd; i < old.size(); i++, j++) {
            all.add(new Line(' ', old.get(i), i, j));
        }
        return all;
    }

    /** By the longest common subsequence. */
    private static void middle(
            List<String> old, List<String> now, int begin, int oldEnd, int nowEnd, List<Line> all) {
        int rows = oldEnd - begin;
        int columns = nowEnd - begin;
        boolean large = rows > MOST_LINES || columns > MOST_LINES;
        int[][] common = new int[large ? 1 : rows + 1][large ? 1 : columns + 1];
        for (int i = rows - 1; i >= 0 && !large; i--) {
            for (int j = columns - 1; j >= 0; j--) {
                common[i][j] =
                        old.get(begin + i).equals(now.get(begin + j))
                                ? common[i + 1][j + 1] + 1
                                : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        int i = 0;
        int j = 0;
        while (i < rows || j < columns) {
            boolean both = i < rows && j < columns;
            if (both && !large && old.get(begin + i).equals(now.get(begin + j))) {
                all.add(new Line(' ', old.get(begin + i), begin + i++, begin + j++));
            } else if (i < rows && (!both || large || common[i + 1][j] >= common[i][j + 1])) {
                all.add(new Line('-', old.get(begin + i), begin + i++, begin + j));
            } else {
                all.add(new Line('+', now.get(begin + j), begin + i, begin + j++));
            }
        }
    }
}
