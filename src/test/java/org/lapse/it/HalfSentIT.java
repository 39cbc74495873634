package org.lapse.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clients that send half a request and wait: nobody else is to wait for them. */
@OnServer
class HalfSentIT {
    /** More than the server has threads. */
    private static final int MANY = 250;

    private static final Duration AT_ONCE = Duration.ofSeconds(3);

    /** What the servers' configurations leave to the next part of a body, and some more. */
    private static final Duration SOON = Duration.ofSeconds(12);

    private final LapseSystem lapse = LapseSystem.ofSuite();
    private final List<Socket> halves = new ArrayList<>();

    @AfterEach
    void hangUp() throws IOException {
        for (Socket half : halves) {
            half.close();
        }
    }

    @Test
    void gateAndHealthAnswerAtOnceWhileBodiesStayAway() throws IOException {
        String token = lapse.service().accessToken();
        sendManyTimes("POST /oauth/introspect HTTP/1.1\r\nHost: localhost\r\n"
                + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\ntoken=");

        theGateAnswersAtItsOwnListener(token);
        assertThat(timeOf(lapse.url(), "/gate/nginx", token)).isLessThan(SOON);
        assertThat(timeOf(lapse.url(), "/health/live", token)).isLessThan(SOON);
    }

    @Test
    void gateAndHealthAnswerAtOnceWhileHeadersStayAway() throws IOException {
        String token = lapse.service().accessToken();
        sendManyTimes("POST /oauth/introspect HTTP/1.1\r\nHost: localhost\r\nContent-Le");

        theGateAnswersAtItsOwnListener(token);
        assertThat(timeOf(lapse.url(), "/gate/nginx", token)).isLessThan(AT_ONCE);
        assertThat(timeOf(lapse.url(), "/health/live", token)).isLessThan(AT_ONCE);
    }

    @Test
    void bodyThatStaysAwayIsItsClientsFault() throws IOException {
        Socket half = send("POST /oauth/introspect HTTP/1.1\r\nHost: localhost\r\n"
                + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\ntoken=");
        half.setSoTimeout((int) SOON.toMillis());

        String answer =
                new BufferedReader(new InputStreamReader(half.getInputStream(), StandardCharsets.US_ASCII)).readLine();

        assertThat(answer)
                .as("WildFly hangs up; on Payara Micro Lapse has begun to read")
                .satisfiesAnyOf(nothing -> assertThat(nothing).isNull(), status -> assertThat(status)
                        .startsWith("HTTP/1.1 400 "));
    }

    private static void theGateAnswersAtItsOwnListener(String token) throws IOException {
        URI gate = LapseSystem.gateOfSuite().url();
        for (int i = 0; i < 10; i++) {
            assertThat(timeOf(gate, "/gate/nginx", token)).isLessThan(AT_ONCE);
            assertThat(timeOf(gate, "/health/live", token)).isLessThan(AT_ONCE);
        }
    }

    private void sendManyTimes(String half) throws IOException {
        for (int i = 0; i < MANY; i++) {
            send(half);
        }
    }

    private Socket send(String half) throws IOException {
        Socket socket = new Socket(lapse.url().getHost(), lapse.url().getPort());
        halves.add(socket);
        socket.getOutputStream().write(half.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    /** How long the server takes to answer with 200. */
    private static Duration timeOf(URI server, String path, String token) throws IOException {
        Instant begun = Instant.now();
        String answer = RawCall.answer(
                server,
                "GET " + path,
                "X-Original-Method: GET\r\nX-Original-URI: /reports\r\nAuthorization: Bearer " + token
                        + "\r\nConnection: close\r\n");
        assertThat(RawCall.statusOf(answer)).as(answer).isEqualTo(200);
        return Duration.between(begun, Instant.now());
    }
}
