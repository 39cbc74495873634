package org.lapse.insight.delivery;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.text.ParseException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An application that hears of ended sessions: it remembers the tokens that it was sent. */
public final class LogoutReceiver implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<SignedJWT> tokens = new CopyOnWriteArrayList<>();
    private volatile int status = 200;
    private volatile String body = "";
    private volatile boolean silent;

    /** Listens on the loopback address. */
    public LogoutReceiver() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/logout", this::hear);
        server.setExecutor(threads);
        server.start();
    }

    private void hear(HttpExchange exchange) throws IOException {
        String form = new String(exchange.getRequestBody().readAllBytes(), US_ASCII);
        if (silent) {
            return;
        }
        try (exchange) {
            tokens.add(SignedJWT.parse(form.substring("logout_token=".length())));
            byte[] answer = body.getBytes(US_ASCII);
            exchange.sendResponseHeaders(status, answer.length == 0 ? -1 : answer.length);
            exchange.getResponseBody().write(answer);
        } catch (ParseException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Where it hears. */
    public String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/logout";
    }

    /** What it was sent, the oldest first. */
    public List<SignedJWT> tokens() {
        return List.copyOf(tokens);
    }

    /** The values of a claim in what it was sent, the oldest first. */
    List<String> claims(String name) {
        return tokens.stream()
                .map(token -> {
                    try {
                        return String.valueOf(token.getJWTClaimsSet().getClaim(name));
                    } catch (ParseException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .toList();
    }

    /** Answers so from now on. */
    void answer(int newStatus, String newBody) {
        status = newStatus;
        body = newBody;
    }

    /** Answers nothing at all from now on. */
    void fallSilent() {
        silent = true;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
