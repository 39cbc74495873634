package org.lapse.platform.outbound;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.lapse.platform.clock.Uptime;

class OutboundCallsTest {
    private static final String FORM = "application/x-www-form-urlencoded";

    private final Uptime uptime = new Uptime();

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
                    .startsWith("POST /logout?key=1 HTTP/1.1\r\nHost: 127.0.0.1:" + server.getLocalPort() + "\r\n")
                    .contains("\r\nContent-Length: 18\r\n")
                    .endsWith("\r\n\r\nlogout_token=a.b.c");
        }
    }

    /** It sends a byte now and then, and so would never be silent for long. */
    @Test
    void answerThatDripsIsGivenUp() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                DeadlineSocket socket =
                        new DeadlineSocket(uptime::elapsed, uptime.elapsed().plusMillis(200))) {
            socket.connect(server.getLocalSocketAddress());
            CompletableFuture<Void> dripping = CompletableFuture.runAsync(() -> drip(server));

            assertThatThrownBy(() -> socket.getInputStream().readAllBytes()).isInstanceOf(SocketTimeoutException.class);
            socket.close();
            dripping.join();
        }
    }

    private static void drip(ServerSocket server) {
        try (Socket peer = server.accept()) {
            while (true) {
                peer.getOutputStream().write('x');
                Thread.onSpinWait();
            }
        } catch (IOException e) {
            // the other side has had enough
        }
    }

    @Test
    void ofARefusalTheBeginningIsKeptAndNothingUnprintable() throws IOException {
        assertThat(read("HTTP/1.1 400 Bad\r\nContent-Length: 9\r\n\r\n{\"a\":\t\0\"b\"}")
                        .beginning())
                .isEqualTo("{\"a\": \"b");
        assertThat(read("HTTP/1.1 400 Bad\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nno, n\r\n0\r\n\r\n")
                        .beginning())
                .isEqualTo("no, n");
        assertThat(read("HTTP/1.1 500 Oh\r\n\r\n" + "x".repeat(5000)).beginning())
                .hasSize(200);
        assertThat(read("HTTP/1.1 429 Slowly\r\nRetry-After: 60\r\n\r\n").retryAfter())
                .contains(Duration.ofSeconds(60));
        assertThat(read("HTTP/1.1 302 Elsewhere\r\nLocation: http://169.254.169.254/\r\n\r\n"))
                .extracting(OutboundAnswer::status, OutboundAnswer::beginning)
                .containsExactly(302, "");
        assertThat(read("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\n").status())
                .isEqualTo(200);
    }

    @Test
    void whatIsNotHttpIsRefused() {
        for (String answer : new String[] {
            "",
            "SSH-2.0-OpenSSH\r\n",
            "HTTP/1.1 200",
            "HTTP/1.1 999999 x\r\n\r\n",
            "HTTP/1.1 200 OK\r\nx: y",
            "x".repeat(20_000)
        }) {
            assertThatThrownBy(() -> read(answer)).as(answer).isInstanceOf(IOException.class);
        }
    }

    private static OutboundAnswer read(String answer) throws IOException {
        return AnswerReader.read(new ByteArrayInputStream(answer.getBytes(US_ASCII)));
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
                StringBuilder request = new StringBuilder();
                while (!request.toString().endsWith("a.b.c")) {
                    request.append((char) peer.getInputStream().read());
                }
                out.write(answer.getBytes(US_ASCII));
                return request.toString();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
    }
}
