package dev.lifeboat;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The dependency rules of docs/architecture.md. */
class ArchitectureTest {
    private static final String ROOT = "dev.lifeboat.";
    private static JavaClasses classes;

    @BeforeAll
    static void readClasses() {
        classes =
                new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("dev.lifeboat");
    }

    /** From the ground up: each layer may use what stands before it. */
    private static final String[][] LAYERS = {
        {"kernel"},
        {"host", "crypto", "secrets", "journal", "pipeline"},
        {"storage", "postgres"},
        {"settings"},
        {"wal"},
        {"catalog"},
        {"restore", "backup", "verify", "retention", "replication", "rotation"},
        {"drill", "monitor", "checklist", "rescue", "report"},
        {"engine"},
        {"sandbox", "doctor"},
        {"cli", "ui"},
        {"app"},
    };

    @Test
    void dependenciesPointDown() {
        for (int lower = 0; lower < LAYERS.length; lower++) {
            for (int upper = lower + 1; upper < LAYERS.length; upper++) {
                noClasses()
                        .that()
                        .resideInAnyPackage(within(LAYERS[lower]))
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(within(LAYERS[upper]))
                        .allowEmptyShould(true)
                        .check(classes);
            }
        }
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching(ROOT + "(*)..").should().beFreeOfCycles().check(classes);
    }

    @Test
    void kernelKnowsTheJdkAlone() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "kernel..")
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages("java..", ROOT + "kernel..")
                .check(classes);
    }

    @Test
    void javaFxIsSeenInUiAndAppAlone() {
        onlyIn(new String[] {"javafx..", "org.controlsfx.."}, "ui", "app");
    }

    @Test
    void theAwsSdkIsSeenInItsTwoCornersAlone() {
        onlyIn(new String[] {"software.amazon.."}, "storage.s3", "secrets.aws");
    }

    @Test
    void cryptographyIsSeenInCryptoAlone() {
        onlyIn(new String[] {"org.bouncycastle..", "javax.crypto.."}, "crypto");
    }

    @Test
    void jdbcIsSeenInPostgresAlone() {
        onlyIn(new String[] {"java.sql..", "org.postgresql.."}, "postgres");
    }

    @Test
    void theS3ServerIsSeenInTheSandboxAlone() {
        onlyIn(new String[] {"org.gaul.."}, "sandbox");
    }

    @Test
    void cliAndWindowDoNotSeeEachOther() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "cli..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + "ui..")
                .allowEmptyShould(true)
                .check(classes);
        noClasses()
                .that()
                .resideInAPackage(ROOT + "ui..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + "cli..")
                .allowEmptyShould(true)
                .check(classes);
    }

    @Test
    void onlyAppEndsTheProcess() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "app..")
                .should()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "halt", int.class)
                .check(classes);
    }

    @Test
    void onlyAppAndCliWriteToTheTerminal() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + "app..", ROOT + "cli..")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(classes);
    }

    @Test
    void theWallClockIsReadInOnePlace() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + "app..")
                .should()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .check(classes);
    }

    private static void onlyIn(String[] libraries, String... homes) {
        noClasses()
                .that()
                .resideOutsideOfPackages(within(homes))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(libraries)
                .check(classes);
    }

    private static String[] within(String... names) {
        String[] packages = new String[names.length];
        for (int i = 0; i < names.length; i++) {
            packages[i] = ROOT + names[i] + "..";
        }
        return packages;
    }
}
