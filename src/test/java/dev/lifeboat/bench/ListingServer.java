package dev.lifeboat.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Answers ListObjectsV2 over a million keys, each request after a delay, and nothing else. It takes
 * no notice of signatures.
 */
final class ListingServer implements AutoCloseable {
    private static final int PAGE = 1000;

    private final String[] keys;
    private final long delayMillis;
    private final HttpServer server;
    private final AtomicLong requests = new AtomicLong();

    /**
     * @param keys in the order of their bytes
     */
    ListingServer(String[] keys, long delayMillis) throws IOException {
        this.keys = keys;
        this.delayMillis = delayMillis;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 128);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    long requests() {
        return requests.get();
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        try (exchange) {
            Thread.sleep(delayMillis);
            byte[] body = page(query(exchange.getRequestURI())).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/xml");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static Map<String, String> query(URI uri) {
        Map<String, String> query = new HashMap<>();
        for (String part : String.valueOf(uri.getRawQuery()).split("&")) {
            String[] pair = part.split("=", 2);
            query.put(
                    pair[0],
                    pair.length < 2 ? "" : URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
        }
        return query;
    }

    private String page(Map<String, String> query) {
        String prefix = query.getOrDefault("prefix", "");
        String after =
                query.getOrDefault("continuation-token", query.getOrDefault("start-after", ""));
        int from = after.compareTo(prefix) < 0 ? first(prefix, false) : first(after, true);
        int to = from;
        while (to < keys.length && to - from < PAGE && keys[to].startsWith(prefix)) {
            to++;
        }
        boolean more = to < keys.length && to > from && keys[to].startsWith(prefix);
        var xml = new StringBuilder(300 * (to - from) + 500);
        xml.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>")
                .append("<ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">")
                .append("<Name>bench</Name><Prefix>")
                .append(prefix)
                .append("</Prefix><MaxKeys>1000</MaxKeys><EncodingType>url</EncodingType>")
                .append("<KeyCount>")
                .append(to - from)
                .append("</KeyCount><IsTruncated>")
                .append(more)
                .append("</IsTruncated>");
        if (more) {
            xml.append("<NextContinuationToken>")
                    .append(keys[to - 1])
                    .append("</NextContinuationToken>");
        }
        for (int i = from; i < to; i++) {
            xml.append("<Contents><Key>")
                    .append(keys[i])
                    .append("</Key><LastModified>2026-04-07T02:00:00.000Z</LastModified><ETag>")
                    .append(String.format(Locale.ROOT, "&quot;%032x&quot;", i))
                    .append("</ETag><Size>3145728</Size>")
                    .append("<StorageClass>STANDARD</StorageClass></Contents>");
        }
        return xml.append("</ListBucketResult>").toString();
    }

    private int first(String key, boolean behind) {
        int at = Arrays.binarySearch(keys, key);
        return at >= 0 ? at + (behind ? 1 : 0) : -at - 1;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
