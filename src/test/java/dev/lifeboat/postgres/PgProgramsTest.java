package dev.lifeboat.postgres;

import static dev.lifeboat.postgres.PgProgram.PG_DUMP;
import static dev.lifeboat.postgres.PgProgram.POSTGRES;
import static dev.lifeboat.postgres.Problems.assertProblem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.host.Host;
import dev.lifeboat.host.LocalHost;
import dev.lifeboat.kernel.ProblemCode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;

class PgProgramsTest {
    private final Host host = new LocalHost();
    @TempDir Path dir;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pg_dump (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1) | 150018 | 15.18",
                "postgres (PostgreSQL) 17.0 | 170000 | 17.0",
                "psql (PostgreSQL) 19beta1 | 190000 | 19.0",
                "psql (EnterpriseDB) 14.5.0 | 140005 | 14.5"
            })
    void readsTheVersionAProgramPrints(String printed, int number, String shown) {
        assertThat(PgVersion.ofProgram(printed)).contains(new PgVersion(number));
        assertThat(new PgVersion(number)).hasToString(shown);
    }

    @Test
    void knowsVersionsOfThreeParts() {
        assertThat(new PgVersion(90_624)).hasToString("9.6.24").returns(9, PgVersion::major);
        assertThat(PgVersion.ofProgram("bash, version 5.2")).isEmpty();
    }

    @Test
    void theNamedDirectoryComesFirst() throws Exception {
        Path named = programs("named", "77.1", PG_DUMP);
        Path onPath = programs("path", "78.2", PG_DUMP, POSTGRES);

        var found =
                PgPrograms.find(
                        host,
                        Map.of(PgPrograms.VARIABLE, named.toString(), "PATH", onPath.toString()));

        assertThat(found.installations())
                .startsWith(
                        new PgInstallation(named.toRealPath(), PgVersion.of(77, 1)),
                        new PgInstallation(onPath.toRealPath(), PgVersion.of(78, 2)));
        assertThat(found.ofMajor(78, POSTGRES).bin()).isEqualTo(onPath.toRealPath());
    }

    @Test
    void followsALinkToWhereTheProgramsAre() throws Exception {
        Path real = programs("real", "77.1", PG_DUMP, POSTGRES);
        Path links = Files.createDirectory(dir.resolve("links"));
        Files.createSymbolicLink(links.resolve("pg_dump"), real.resolve("pg_dump"));

        var found = PgPrograms.find(host, Map.of("PATH", links.toString()));

        assertThat(found.ofMajor(77, POSTGRES).bin()).isEqualTo(real.toRealPath());
    }

    @Test
    void passesOverDebiansWrapper() throws Exception {
        Path wrapper = dir.resolve("pg_wrapper");
        Files.copy(programs("real", "77.1", PG_DUMP).resolve("pg_dump"), wrapper);
        Path bin = Files.createDirectory(dir.resolve("bin"));
        Files.createSymbolicLink(bin.resolve("pg_dump"), wrapper);

        var found = PgPrograms.find(host, Map.of("PATH", bin.toString()));

        assertThat(found.installations()).noneMatch(each -> each.version().major() == 77);
    }

    @Test
    void refusesANamedDirectoryWithoutPrograms() {
        assertProblem(
                ProblemCode.SETTING_INVALID,
                () -> PgPrograms.find(host, Map.of(PgPrograms.VARIABLE, dir.toString())));
    }

    @Test
    void takesTheServersOwnMajorElseTheOldestNewer() throws Exception {
        var found = new PgPrograms(List.of(installed(18), installed(16), installed(14)));

        assertThat(found.forServer(PgVersion.of(16, 3), PG_DUMP)).isEqualTo(installed(16));
        assertThat(found.forServer(PgVersion.of(15, 1), PG_DUMP)).isEqualTo(installed(16));
        assertThat(found.newest(PG_DUMP)).isEqualTo(installed(18));
        assertProblem(
                        ProblemCode.VERSION_MISMATCH,
                        () -> found.forServer(PgVersion.of(19, 0), PG_DUMP))
                .extracting(problem -> problem.remedy())
                .asString()
                .contains("postgresql-client-19");
        assertProblem(ProblemCode.VERSION_MISMATCH, () -> found.ofMajor(15, PG_DUMP));
    }

    @Test
    void namesThePackageOfAMissingProgram() {
        assertProblem(
                        ProblemCode.PROGRAM_MISSING,
                        () -> new PgPrograms(List.of()).ofMajor(15, POSTGRES, PG_DUMP))
                .extracting(problem -> problem.remedy())
                .asString()
                .contains("postgresql-15 postgresql-client-15");
    }

    private PgInstallation installed(int major) throws IOException {
        Path bin = dir.resolve("v" + major);
        if (!Files.exists(bin)) {
            programs("v" + major, major + ".0", PG_DUMP);
        }
        return new PgInstallation(bin, PgVersion.of(major, 0));
    }

    private Path programs(String name, String version, PgProgram... programs) throws IOException {
        Path bin = Files.createDirectory(dir.resolve(name));
        for (PgProgram program : programs) {
            Path file = bin.resolve(program.fileName());
            Files.writeString(
                    file,
                    "#!/bin/sh\necho '" + program.fileName() + " (PostgreSQL) " + version + "'\n");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        return bin;
    }
}
