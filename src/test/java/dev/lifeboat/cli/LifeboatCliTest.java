package dev.lifeboat.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.lifeboat.host.LocalHost;
import dev.lifeboat.restore.HandedPlan;
import dev.lifeboat.restore.Plans;
import dev.lifeboat.restore.RestoreFolder;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import picocli.CommandLine;
import picocli.CommandLine.Model.UsageMessageSpec;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

class LifeboatCliTest {
    private final CliRun run = new CliRun();

    private JsonNode json() throws Exception {
        return new ObjectMapper().readTree(run.stdout());
    }

    @Test
    void tellsItsVersion() {
        Outcome outcome = run.run("--version");

        assertThat(outcome).isEqualTo(new Outcome(0, false));
        assertThat(run.stdout()).matches("lifeboat \\d+\\.\\d+\\.\\d+\\S*\\R");
        assertThat(run.stderr()).isEmpty();
    }

    @Test
    void tellsItsVersionAsJson() throws Exception {
        run.run("--version", "--json");

        assertThat(json().get("version").asText()).matches("\\d+\\.\\d+\\.\\d+.*");
    }

    @Test
    void saysWhatOpensTheWindowAndWhereTheCommandsAre() {
        Outcome outcome = run.run();

        assertThat(outcome).isEqualTo(new Outcome(2, false));
        assertThat(run.stdout()).isEmpty();
        assertThat(run.stderr()).contains("The window opens").contains("lifeboat --help");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "key", "key generate", "completion"})
    void explainsEveryCommandOnStdout(String command) {
        Outcome outcome = run.run((command + " --help").strip().split(" "));

        assertThat(outcome).isEqualTo(new Outcome(0, false));
        assertThat(run.stdout()).startsWith(("Usage: lifeboat " + command).strip());
        assertThat(run.stdout()).contains("--json").contains("--profile");
        assertThat(run.stderr()).isEmpty();
    }

    @Test
    void noHelpTextIsWrittenAsABadFormat() {
        assertThat(new CommandLine(new RootCommand(), new CommandFactory(null)))
                .satisfies(LifeboatCliTest::formatsAsItIsWritten);
    }

    /** picocli takes '%' for a format; a bad one is told on stderr in the middle of the help. */
    private static void formatsAsItIsWritten(CommandLine command) {
        UsageMessageSpec usage = command.getCommandSpec().usageMessage();
        Stream.of(usage.header(), usage.description(), usage.footer())
                .flatMap(Stream::of)
                .forEach(line -> assertThatCode(() -> line.formatted()).doesNotThrowAnyException());
        command.getSubcommands().values().forEach(LifeboatCliTest::formatsAsItIsWritten);
    }

    @Test
    void theCommandForCompletionIsShownAsItCanBeTyped() {
        run.run("completion", "--help");

        assertThat(run.stdout())
                .contains(
                        """
                        For every shell:  lifeboat completion \\
                                            > ~/.local/share/bash-completion/completions/lifeboat
                        """);
    }

    @Test
    void takesGlobalOptionsBeforeAndBehindTheCommand() throws Exception {
        run.run("--json", "key", "generate");

        assertThat(json().get("key").asText()).hasSize(44);
        assertThat(new CliRun().run("key", "generate", "--json", "--profile", "x").code()).isZero();
    }

    @Test
    void tellsWrongUsageInThreeSentences() {
        Outcome outcome = run.run("kye");

        assertThat(outcome).isEqualTo(new Outcome(2, false));
        assertThat(run.stdout()).isEmpty();
        assertThat(run.stderr()).contains("'kye'").contains("lifeboat --help").hasLineCount(3);
    }

    @Test
    void tellsWrongUsageAsJsonEvenWhenNothingCouldBeParsed() throws Exception {
        run.run("--no-such-option", "key", "--json");

        JsonNode problem = json().get("problem");
        assertThat(problem.get("code").asText()).isEqualTo("USAGE");
        assertThat(problem.get("what").asText()).isNotEmpty();
        assertThat(problem.get("why").asText()).isNotEmpty();
        assertThat(problem.get("remedy").asText()).contains("--help");
    }

    @Test
    void namesWhatAGroupOfCommandsNeeds() {
        assertThat(run.run("key").code()).isEqualTo(2);
        assertThat(run.stderr()).contains("lifeboat key needs one of: generate");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://user:hunter2@host/db",
                "host=h password=hunter2",
                "host=h password = 'hunter2 and more'"
            })
    void doesNotRepeatAPasswordTypedInTheWrongPlace(String text) {
        run.run("key", text);

        assertThat(run.stderr()).doesNotContain("hunter2");
    }

    @Test
    void aSavedPlanSaysItselfWhatToRestore() {
        assertThat(run.run("restore", "--from-plan", "no-such-file", "--json").code()).isEqualTo(2);

        assertThat(run.stdout()).contains("The plan's file no-such-file");
    }

    @Test
    void takesThePlanOfAWindowAwayWhateverBecomesOfTheRestore(@TempDir Path home) throws Exception {
        RestoreFolder folder = RestoreFolder.of(home, Plans.physical().id());
        Path handed = HandedPlan.write(folder, Plans.physical(), new LocalHost());
        Path saved = Files.copy(handed, home.resolve("saved.json"));
        run.variable("LIFEBOAT_HOME", home.toString());

        assertThat(run.run("restore", "--from-plan", handed.toString()).code()).isNotZero();
        assertThat(run.run("restore", "--from-plan", saved.toString()).code()).isNotZero();

        assertThat(handed).doesNotExist();
        assertThat(saved).exists();
    }

    @ParameterizedTest
    @ValueSource(strings = {"restore", "check"})
    void wantsToKnowWhatToRestoreOtherwise(String command) {
        assertThat(run.run(command, "--json").code()).isEqualTo(2);

        assertThat(run.stdout()).contains("BACKUP is missing.");
    }

    @Test
    void makesAKeyThatIsNeverTheSame() {
        var other = new CliRun();

        run.run("key", "generate");
        other.run("key", "generate");

        assertThat(run.stdout()).hasSize(45).isNotEqualTo(other.stdout());
    }

    @Test
    void namesTheKeysThatAreSetWithoutShowingThem() throws Exception {
        run.variable("BACKUP_ENCRYPTION_KEY", "correct horse battery staple");

        Outcome outcome = run.run("key", "fingerprint", "--json");

        assertThat(outcome.code()).isZero();
        assertThat(json().get("fingerprint").asText()).matches("[0-9a-f]{16}");
        assertThat(json().get("keys").get(0).get("origin").asText())
                .isEqualTo("BACKUP_ENCRYPTION_KEY");
        assertThat(run.stdout()).doesNotContain("horse");
    }

    @Test
    void saysThatNoKeyIsSet() throws Exception {
        Outcome outcome = run.run("key", "fingerprint", "--json");

        assertThat(outcome.code()).isEqualTo(6);
        assertThat(json().get("problem").get("code").asText()).isEqualTo("KEY_MISSING");
    }

    @Test
    void stopsOverAProfileThatIsNotThere() {
        assertThat(run.run("key", "fingerprint", "--profile", "nowhere").code()).isEqualTo(2);
        assertThat(run.stderr()).contains("no profile 'nowhere'");
    }

    @Test
    void printsACompletionScriptThatKnowsTheCommands() {
        run.run("completion");

        assertThat(run.stdout()).contains("complete -F").contains("generate").contains("--profile");
    }

    @Test
    void tellsAnErrorOfTheMachineLikeAnyOther() {
        var failing =
                new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8) {
                    @Override
                    public void println(String line) {
                        throw new OutOfMemoryError("key hunter2");
                    }
                };

        Outcome outcome = run.stdout(failing).run("key", "generate");

        assertThat(outcome).isEqualTo(new Outcome(1, false));
        assertThat(run.stderr()).contains("java.lang.OutOfMemoryError").doesNotContain("hunter2");
    }

    @Test
    void doesNotCallAResultGivenThatCouldNotBeWritten() {
        var full =
                new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8) {
                    @Override
                    public boolean checkError() {
                        return true;
                    }
                };

        Outcome outcome = run.stdout(full).run("key", "generate");

        assertThat(outcome).isEqualTo(new Outcome(1, false));
        assertThat(run.stderr()).contains("could not be written");
    }

    @Test
    void usesColourOnlyOnATerminalThatWantsIt() {
        String escape = "\033[";

        run.terminals(2).run("kye");
        assertThat(run.stderr()).contains(escape);

        for (var plain :
                new CliRun[] {
                    new CliRun(),
                    new CliRun().terminals(2).variable("NO_COLOR", "1"),
                    new CliRun().terminals(2).variable("TERM", "dumb")
                }) {
            plain.run("kye");
            assertThat(plain.stderr()).doesNotContain(escape);
        }
    }
}
