package dev.lifeboat.sandbox;

import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** The variables of the runbook, as they are in the sandbox. */
record SandboxVariables(
        SandboxFolder folder,
        URI primary,
        URI dr,
        String accessKey,
        String secretKey,
        int port,
        Map<String, String> inherited) {
    static final String BUCKET = "mockupaws-backups-prod";
    static final String DR_BUCKET = "mockupaws-backups-dr";
    static final String WAL_BUCKET = "mockupaws-wal-archive";
    static final String DR_WAL_BUCKET = "mockupaws-wal-archive-dr";
    static final String DATABASE = "mockupaws";

    /** What the operator's commands get. */
    Map<String, String> operator() {
        Map<String, String> variables = common();
        variables.put("BACKUP_ENCRYPTION_KEY", "file:" + folder.key());
        variables.put("LIFEBOAT_HOME", folder.home().toString());
        variables.put("BACKUP_LOG_DIR", folder.logs().toString());
        return variables;
    }

    /** What the server's {@code archive_command} gets. */
    Map<String, String> server() {
        Map<String, String> variables = common();
        variables.put("BACKUP_ENCRYPTION_KEY", "file:" + folder.serverKey());
        variables.put("LIFEBOAT_HOME", folder.serverHome().toString());
        variables.put("HOME", folder.serverHome().toString());
        variables.putAll(inherited);
        return variables;
    }

    /** Writes the operator's variables where a shell can read them: {@code . env.sh}. */
    void writeForShell() throws RecoveryException {
        var text = new StringBuilder();
        new TreeMap<>(operator())
                .forEach((name, value) -> text.append("export %s='%s'%n".formatted(name, value)));
        try {
            Path file = folder.environment();
            Files.createFile(
                    file,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, text, StandardCharsets.UTF_8);
        } catch (IOException refused) {
            throw SandboxProblems.io("The variables of the sandbox cannot be written.", refused);
        }
    }

    private Map<String, String> common() {
        var variables = new LinkedHashMap<String, String>();
        variables.put(
                "DATABASE_URL",
                "postgresql://postgres@/%s?host=%s&port=%d"
                        .formatted(DATABASE, folder.socket(), port));
        variables.put("BACKUP_BUCKET", BUCKET);
        variables.put("BACKUP_WAL_BUCKET", WAL_BUCKET);
        variables.put("BACKUP_REGION", "us-east-1");
        variables.put("BACKUP_ENDPOINT_URL", primary.toString());
        variables.put("BACKUP_SECONDARY_BUCKET", DR_BUCKET);
        variables.put("BACKUP_SECONDARY_WAL_BUCKET", DR_WAL_BUCKET);
        variables.put("BACKUP_SECONDARY_REGION", "eu-west-1");
        variables.put("BACKUP_SECONDARY_ENDPOINT_URL", dr.toString());
        variables.put("AWS_ACCESS_KEY_ID", accessKey);
        variables.put("AWS_SECRET_ACCESS_KEY", secretKey);
        variables.put("AWS_EC2_METADATA_DISABLED", "true");
        return variables;
    }

    /** Prints no secret. */
    @Override
    public String toString() {
        return "variables of the sandbox in " + folder.root();
    }

    static RecoveryException unusable(String what, String why) {
        return new RecoveryException(
                ProblemCode.ENVIRONMENT_FAILED,
                what,
                why,
                "Mend that and start the sandbox again.");
    }
}
