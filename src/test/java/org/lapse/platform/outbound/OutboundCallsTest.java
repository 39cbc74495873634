package org.lapse.platform.outbound;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.lapse.platform.clock.Uptime;

class OutboundCallsTest {
    private static final String FORM = "application/x-www-form-urlencoded";

    private final MovedUptime uptime = new MovedUptime();

    /** The name leads to this machine when it is connected to, whatever was thought of it when it was saved. */
    @Test
    void nameThatLeadsInsideOfTheNetworkIsNotConnectedTo() throws IOException {
        OutboundCalls calls = new OutboundCalls(OutboundAddressesTest.insecure("8123"), uptime);
        try (ServerSocket nobody = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> calls.post(URI.create("http://localhost:8123/"), FORM, ""))
                    .isInstanceOf(RefusedAddressException.class);
        }
    }

    @Test
    void bodyArrivesAndOfTheAnswerTheStatusIsTaken() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<String> request = answering(server, "HTTP/1.1 204 No Content\r\n\r\n");

            OutboundAnswer answer = demonstration().post(address(server, "/logout?key=1"), FORM, "logout_token=a.b.c");

            assertThat(answer.isSuccess()).isTrue();
            assertThat(request.join())
                    .startsWith("POST /logout?key=1 HTTP/1.1\r\n")
                    .contains("\r\nHost: 127.0.0.1:" + server.getLocalPort() + "\r\n")
                    .contains("\r\nContent-Length: 18\r\n")
                    .endsWith("\r\n\r\nlogout_token=a.b.c");
        }
    }

    @Test
    void connectionIsUsedAgain() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            OutboundCalls calls = demonstration();
            CompletableFuture<Void> twice = CompletableFuture.runAsync(() -> answerTwice(server));
            for (int i = 0; i < 2; i++) {
                assertThat(calls.post(address(server, "/"), FORM, "logout_token=a.b.c")
                                .status())
                        .isEqualTo(200);
            }
            twice.join();
        }
    }

    private static void answerTwice(ServerSocket server) {
        try (Socket peer = server.accept()) {
            for (int i = 0; i < 2; i++) {
                readRequest(peer);
                peer.getOutputStream().write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".getBytes(US_ASCII));
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** It sends a byte now and then, and so would never be silent for long. */
    @Test
    void answerThatDripsIsGivenUp() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            OutboundCalls calls = demonstration();
            CompletableFuture<Void> dripping = CompletableFuture.runAsync(() -> drip(server, calls));

            assertThatThrownBy(() -> calls.post(address(server, "/"), FORM, "logout_token=a.b.c"))
                    .isInstanceOf(SocketTimeoutException.class);
            dripping.join();
        }
    }

    /** Drips within a line that never ends, while the time for a call passes. */
    private void drip(ServerSocket server, OutboundCalls calls) {
        try (Socket peer = server.accept()) {
            peer.getOutputStream().write("HTTP/1.1 200 OK\r\nx: ".getBytes(US_ASCII));
            for (int i = 0; i < 1000; i++) {
                peer.getOutputStream().write('x');
                calls.endOverdue();
                uptime.putForward(Duration.ofMillis(10));
                peer.setSoTimeout(10);
            }
        } catch (IOException e) {
            // the other side has had enough
        }
    }

    @Test
    void ofARefusalTheBeginningIsKeptAndNothingUnprintable() throws IOException {
        assertThat(answer("HTTP/1.1 400 Bad\r\nContent-Length: 9\r\n\r\n{\"a\":\t\0\"b\"}")
                        .beginning())
                .isEqualTo("{\"a\": \"b");
        assertThat(answer("HTTP/1.1 400 Bad\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nno, n\r\n0\r\n\r\n")
                        .beginning())
                .isEqualTo("no, n");
        assertThat(answer("HTTP/1.1 500 Oh\r\n\r\n" + "x".repeat(5000)).beginning())
                .hasSize(200);
        assertThat(answer("HTTP/1.1 429 Slowly\r\nRetry-After: 60\r\n\r\n").retryAfter())
                .contains(Duration.ofSeconds(60));
        assertThat(answer("HTTP/1.1 302 Elsewhere\r\nLocation: http://192.0.2.1/\r\nContent-Length: 0\r\n\r\n"))
                .extracting(OutboundAnswer::status, OutboundAnswer::beginning)
                .containsExactly(302, "");
        assertThat(answer("HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
                        .status())
                .isEqualTo(200);
    }

    /** The status is what counts; the rest may be as long as it likes, or break off. */
    @Test
    void ofAnAnswerNoMoreIsReadThanIsWanted() throws IOException {
        assertThat(answer("HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n" + "x".repeat(5000))
                        .status())
                .isEqualTo(200);
        assertThat(answer("HTTP/1.1 503 Later\r\nContent-Length: 9\r\n\r\nno").status())
                .isEqualTo(503);
    }

    @Test
    void whatIsNotHttpIsRefused() {
        for (String answer : List.of("", "SSH-2.0-OpenSSH\r\n", "HTTP/1.1 x", "x".repeat(20_000))) {
            assertThatThrownBy(() -> answer(answer)).as(answer).isInstanceOf(IOException.class);
        }
    }

    private OutboundAnswer answer(String answer) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<String> request = answering(server, answer);
            OutboundAnswer read = demonstration().post(address(server, "/"), FORM, "logout_token=a.b.c");
            request.join();
            return read;
        }
    }

    private OutboundCalls demonstration() {
        return new OutboundCalls(OutboundAddressesTest.inDemonstrationMode(), uptime);
    }

    private static URI address(ServerSocket server, String path) {
        return URI.create("http://127.0.0.1:" + server.getLocalPort() + path);
    }

    /** Answers one call; completes with what was asked. */
    private static CompletableFuture<String> answering(ServerSocket server, String answer) {
        return CompletableFuture.supplyAsync(() -> {
            try (Socket peer = server.accept();
                    OutputStream out = peer.getOutputStream()) {
                String request = readRequest(peer);
                out.write(answer.getBytes(US_ASCII));
                return request;
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static String readRequest(Socket peer) throws IOException {
        StringBuilder request = new StringBuilder();
        while (!request.toString().endsWith("a.b.c")) {
            request.append((char) peer.getInputStream().read());
        }
        return request.toString();
    }

    /** One that can be put forward. */
    private static final class MovedUptime extends Uptime {
        private volatile Duration ahead = Duration.ZERO;

        @Override
        public Duration elapsed() {
            return super.elapsed().plus(ahead);
        }

        void putForward(Duration time) {
            ahead = ahead.plus(time);
        }
    }
}
