package dev.lifeboat.secrets.aws;

import com.fasterxml.jackson.databind.ObjectMapper;

import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.ServiceMetadata;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The one call that is needed.
 *
 * <p>Source: AWS Secrets Manager API Reference, "GetSecretValue" and "Common Errors"; the protocol
 * is AWS JSON 1.1.
 */
final class GetSecretValue {
    private static final String SERVICE = "secretsmanager";
    private static final int MAX_ANSWER_BYTES = 1024 * 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String region;
    private final URI endpoint;
    private final AwsCredentials identity;

    GetSecretValue(String region, Optional<URI> endpoint, AwsCredentials identity) {
        this.region = region;
        this.endpoint = endpoint.orElseGet(() -> ownEndpoint(region));
        this.identity = identity;
    }

    /**
     * @throws IOException when nothing answers
     */
    SecretAnswer ask(String name) throws IOException {
        SignedRequest signed = sign(JSON.writeValueAsString(Map.of("SecretId", name)));
        try (SdkHttpClient client = client()) {
            var request = HttpExecuteRequest.builder().request(signed.request());
            signed.payload().ifPresent(request::contentStreamProvider);
            HttpExecuteResponse response = client.prepareRequest(request.build()).call();
            try (InputStream body = response.responseBody().orElseThrow(IOException::new)) {
                byte[] answer = body.readNBytes(MAX_ANSWER_BYTES);
                return SecretAnswer.of(name, response.httpResponse().statusCode(), answer);
            }
        }
    }

    private SignedRequest sign(String body) {
        SdkHttpRequest request =
                SdkHttpRequest.builder()
                        .method(SdkHttpMethod.POST)
                        .uri(endpoint)
                        .putHeader("Content-Type", "application/x-amz-json-1.1")
                        .putHeader("X-Amz-Target", SERVICE + ".GetSecretValue")
                        .build();
        return AwsV4HttpSigner.create()
                .sign(
                        signing ->
                                signing.identity(identity)
                                        .request(request)
                                        .payload(ContentStreamProvider.fromUtf8String(body))
                                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, SERVICE)
                                        .putProperty(AwsV4HttpSigner.REGION_NAME, region));
    }

    private static SdkHttpClient client() {
        return Apache5HttpClient.builder()
                .connectionTimeout(PATIENCE)
                .socketTimeout(PATIENCE)
                .build();
    }

    private static URI ownEndpoint(String region) {
        URI endpoint = ServiceMetadata.of(SERVICE).endpointFor(Region.of(region));
        return endpoint.getScheme() == null ? URI.create("https://" + endpoint) : endpoint;
    }
}
