package dev.lifeboat.secrets.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.secrets.Secret;

import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;

/** What the service said, or that it said nothing. */
final class SecretAnswer {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int OK = 200;

    private final String name;
    private final JsonNode said;
    private final String error;
    private final ProblemCode code;
    private final Throwable cause;

    private SecretAnswer(
            String name, JsonNode said, String error, ProblemCode code, Throwable cause) {
        this.name = name;
        this.said = said;
        this.error = error;
        this.code = code;
        this.cause = cause;
    }

    static SecretAnswer none(String name, IOException silence) {
        return new SecretAnswer(
                name, null, "It did not answer", ProblemCode.KEY_SOURCE_UNREACHABLE, silence);
    }

    /** Reads an answer; the array is wiped. */
    static SecretAnswer of(String name, int status, byte[] body) throws IOException {
        try {
            JsonNode said = JSON.readTree(body);
            if (status == OK && (said.hasNonNull("SecretString") || said.has("SecretBinary"))) {
                return new SecretAnswer(name, said, "", null, null);
            }
            String type = said.path("__type").asText("").replaceFirst(".*#", "");
            String message = said.path("message").asText(said.path("Message").asText(""));
            return new SecretAnswer(
                    name,
                    null,
                    "It answered " + type + " (HTTP " + status + "): " + message.strip(),
                    meaning(type, status),
                    null);
        } catch (JsonProcessingException noService) {
            throw new IOException("no answer of Secrets Manager: HTTP " + status);
        } finally {
            Arrays.fill(body, (byte) 0);
        }
    }

    /** Whether asking again may help. */
    boolean mayPass() {
        return code == ProblemCode.KEY_SOURCE_UNREACHABLE;
    }

    Secret secret() throws RecoveryException {
        if (code != null) {
            throw problem();
        }
        if (said.hasNonNull("SecretString")) {
            return Secret.of(said.get("SecretString").textValue());
        }
        byte[] binary = Base64.getDecoder().decode(said.get("SecretBinary").textValue());
        try {
            return Secret.ofBytes(binary);
        } finally {
            Arrays.fill(binary, (byte) 0);
        }
    }

    RecoveryException problem() {
        return new RecoveryException(
                code,
                "The secret " + name + " was not given by AWS Secrets Manager.",
                error + (error.endsWith(".") ? "" : "."),
                remedy(),
                cause);
    }

    private static ProblemCode meaning(String type, int status) {
        return switch (type) {
            case "ResourceNotFoundException",
                    "InvalidRequestException",
                    "InvalidParameterException",
                    "ValidationException" ->
                    ProblemCode.KEY_MISSING;
            case "AccessDeniedException", "DecryptionFailure" -> ProblemCode.ACCESS_DENIED;
            case "ExpiredTokenException", "ExpiredToken" -> ProblemCode.CREDENTIALS_EXPIRED;
            case "UnrecognizedClientException",
                    "InvalidSignatureException",
                    "InvalidClientTokenId",
                    "IncompleteSignature" ->
                    ProblemCode.CREDENTIALS_REFUSED;
            default ->
                    status == 401 || status == 403
                            ? ProblemCode.ACCESS_DENIED
                            : ProblemCode.KEY_SOURCE_UNREACHABLE;
        };
    }

    private String remedy() {
        return switch (code) {
            case KEY_MISSING ->
                    "Look for it with: aws secretsmanager describe-secret --secret-id " + name;
            case ACCESS_DENIED ->
                    "Give the role secretsmanager:GetSecretValue on it, and kms:Decrypt on its"
                            + " key.";
            case CREDENTIALS_EXPIRED -> "Sign in again, for example with: aws sso login";
            case CREDENTIALS_REFUSED ->
                    "Check which credentials are used, with: aws sts get-caller-identity";
            default ->
                    "Check network and endpoint, or put the key in a file and set"
                            + " BACKUP_ENCRYPTION_KEY=file:PATH.";
        };
    }
}
