package org.lapse.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
            String body = new String(exchange.getRequestBody().readAllBytes(), ISO_8859_1);
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

    /**
     * A call as it came through the proxy.
     *
     * @param exchange its line and headers
     * @param body each byte as one character
     */
    record Call(HttpExchange exchange, String body) {
        Optional<String> header(String name) {
            return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
        }

        List<String> valuesLike(String part) {
            return exchange.getRequestHeaders().entrySet().stream()
                    .filter(header -> header.getKey().toLowerCase(Locale.ROOT).contains(part))
                    .flatMap(header -> header.getValue().stream())
                    .toList();
        }

        /** The names of the headers, in lower case, one for each value. */
        List<String> names() {
            return exchange.getRequestHeaders().entrySet().stream()
                    .flatMap(header -> header.getValue().stream().map(value -> header.getKey()))
                    .map(name -> name.toLowerCase(Locale.ROOT))
                    .toList();
        }

        String line() {
            return exchange.getRequestMethod() + " " + exchange.getRequestURI();
        }
    }
}
