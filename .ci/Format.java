import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;

/** Checks (check) or rewrites (fix) every Java source below the given folders in the project's format. */
public class Format {
    public static void main(String[] args) throws Exception {
        boolean fix = args[0].equals("fix");
        var style = JavaFormatterOptions.Style.AOSP;
        var formatter = new Formatter(JavaFormatterOptions.builder().style(style).build());
        var wrong = new ArrayList<Path>();
        for (int i = 1; i < args.length; i++) {
            try (var files = Files.walk(Path.of(args[i]))) {
                for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                    String source = Files.readString(file);
                    String formatted = formatter.formatSource(
                            ImportOrderer.reorderImports(RemoveUnusedImports.removeUnusedImports(source), style));
                    if (!formatted.equals(source)) {
                        wrong.add(file);
                        if (fix) {
                            Files.writeString(file, formatted);
                        }
                    }
                }
            }
        }
        if (!wrong.isEmpty() && !fix) {
            wrong.forEach(file -> System.err.println("not in the project's format: " + file));
            System.err.println("mvn validate -Dformat=fix mends them.");
            System.exit(1);
        }
    }
}
