package dev.lifeboat.monitor;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;

import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Answers {@code /health/backup} and {@code /metrics} over HTTP from a board. It reads nothing from
 * a request but its method and path, and has no secret to give away. Safe for many threads.
 */
public final class HealthServer implements AutoCloseable {
    private static final int BACKLOG = 64;

    private final HttpServer server;
    private final ExecutorService threads;
    private final HealthBoard board;

    private HealthServer(HttpServer server, HealthBoard board) {
        this.server = server;
        this.board = board;
        this.threads =
                Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("health-", 1).factory());
    }

    /**
     * Takes the address; whoever connects waits until {@link #serve}.
     *
     * @throws RecoveryException PORT_TAKEN when the address cannot be listened on
     */
    public static HealthServer bind(InetSocketAddress address, HealthBoard board)
            throws RecoveryException {
        try {
            return new HealthServer(HttpServer.create(address, BACKLOG), board);
        } catch (IOException taken) {
            throw new RecoveryException(
                    ProblemCode.PORT_TAKEN,
                    "Nothing can listen on "
                            + address.getHostString()
                            + ":"
                            + address.getPort()
                            + ".",
                    "The system answered: " + taken.getMessage() + ".",
                    "See who listens there (ss -ltnp), or choose another address: --listen"
                            + " 127.0.0.1:8001.",
                    taken);
        }
    }

    /** Begins to answer. */
    public void serve() {
        server.createContext("/", this::unknown);
        server.createContext("/health/backup", exact("/health/backup", this::health));
        server.createContext("/metrics", exact("/metrics", this::metrics));
        server.setExecutor(threads);
        server.start();
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    /** A context of the JDK's server takes every path that begins with its own. */
    private HttpHandler exact(String path, HttpHandler handler) {
        return exchange -> {
            if (exchange.getRequestURI().getPath().equals(path)) {
                handler.handle(exchange);
            } else {
                unknown(exchange);
            }
        };
    }

    private void health(HttpExchange exchange) throws IOException {
        HealthBoard.Answer answer = board.answer();
        answer(exchange, answer.status(), "application/json", answer.json() + "\n");
    }

    private void metrics(HttpExchange exchange) throws IOException {
        answer(exchange, 200, MetricsText.CONTENT_TYPE, board.metrics());
    }

    private void unknown(HttpExchange exchange) throws IOException {
        answer(exchange, 404, "text/plain", "There are /health/backup and /metrics.\n");
    }

    private static void answer(HttpExchange exchange, int status, String type, String text)
            throws IOException {
        try (exchange) {
            String method = exchange.getRequestMethod();
            if (!method.equals("GET") && !method.equals("HEAD")) {
                exchange.getResponseHeaders().set("Allow", "GET, HEAD");
                exchange.sendResponseHeaders(405, -1);
                return;
            }
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
            boolean bodiless = method.equals("HEAD") || body.length == 0;
            exchange.sendResponseHeaders(status, bodiless ? -1 : body.length);
            if (!bodiless) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
