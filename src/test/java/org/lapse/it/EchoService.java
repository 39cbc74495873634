package org.lapse.it;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Somebody's small service behind a proxy: it answers every call and remembers what came. */
final class EchoService implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final List<Call> calls = new ArrayList<>();

    EchoService() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            synchronized (calls) {
                calls.add(new Call(exchange, body));
            }
            // What the service itself has to say must not be taken for the gate's.
            int status = exchange.getRequestURI().getPath().startsWith("/broken") ? 500 : 200;
            exchange.sendResponseHeaders(status, -1);
        }
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** The call that came last. */
    Call lastCall() {
        synchronized (calls) {
            return calls.get(calls.size() - 1);
        }
    }

    int countOfCalls() {
        synchronized (calls) {
            return calls.size();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    /** A call as it came through the proxy. */
    record Call(HttpExchange exchange, byte[] body) {
        Optional<String> header(String name) {
            return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
        }

        List<String> valuesLike(String part) {
            return exchange.getRequestHeaders().entrySet().stream()
                    .filter(header ->
                            header.getKey().toLowerCase(java.util.Locale.ROOT).contains(part))
                    .flatMap(header -> header.getValue().stream())
                    .toList();
        }

        String line() {
            return exchange.getRequestMethod() + " " + exchange.getRequestURI();
        }
    }
}
