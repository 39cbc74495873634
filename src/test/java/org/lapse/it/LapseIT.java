package org.lapse.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.lapse.it.AnswerAssert.assertThat;
import static org.lapse.it.Quiet.beQuietFor;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The main job: access that nobody uses ends. */
@OnServer
@OncePerServerAndDatabase
class LapseIT {
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration PATIENCE = TIMEOUT.plusSeconds(3);

    private final LapseSystem lapse = LapseSystem.ofSuite();
    private final Administrator administrator = lapse.administrator();

    @BeforeEach
    void timeoutIsThreeSeconds() {
        administrator.setTimeout(TIMEOUT);
    }

    @AfterEach
    void restore() {
        administrator.restore();
    }

    @Test
    void unusedTokenIsEndedByTheTimerWithoutAnyCall() {
        TokenHolder service = lapse.service();
        double lapsesBefore = lapse.metric("lapse_lapses_total{outcome=\"ended\"}");
        Instant deadline = service.deadline();

        JsonNode end = await().atMost(PATIENCE)
                .until(() -> administrator.endsOf(service), ends -> !ends.isEmpty())
                .get(0);

        assertThat(end.required("reason").asText()).isEqualTo("INACTIVITY");
        assertThat(end.required("actorType").asText()).isEqualTo("policy");
        assertThat(Instant.parse(end.required("dateRecorded").asText())).isBetween(deadline, deadline.plusMillis(250));
        assertThat(lapse.metric("lapse_lapses_total{outcome=\"ended\"}")).isGreaterThan(lapsesBefore);
        assertThat(service.use()).isRefused(401, "bad.credentials");
    }

    @Test
    void timeoutOfAPersonsTokenIsTheSame() {
        TokenHolder alice = lapse.signIn("alice@demo.example");
        alice.use().expect(200);

        beQuietFor(TIMEOUT);

        assertThat(alice.use()).isRefused(401, "bad.credentials");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(administrator.endsOf(alice))
                .singleElement()
                .satisfies(end -> assertThat(end.required("reason").asText()).isEqualTo("INACTIVITY")));
    }

    @Test
    void callsEverySecondKeepTheTokenAliveForAsLongAsTheyCome() {
        staysAlive(TokenHolder::use);
    }

    @Test
    void everyAuthenticatedCallIsActivityWhateverItAnswers() {
        staysAlive(service -> service.get("/api/v2/users/me").expect(400));
    }

    @Test
    void headIsActivity() {
        staysAlive(service -> service.call("HEAD", "/api/v2/tokens/me", null).expect(200));
    }

    @Test
    void preserveIdleTtlFalseIsActivity() {
        staysAlive(service ->
                service.get("/api/v2/tokens/me?preserveIdleTTL=false").expect(200));
    }

    @Test
    void heartbeatsKeepTheTokenAlive() {
        staysAlive(service -> service.beat().expect(200));
    }

    private void staysAlive(Consumer<TokenHolder> call) {
        TokenHolder holder = lapse.service();
        Instant end = Instant.now().plus(TIMEOUT.multipliedBy(2));
        while (Instant.now().isBefore(end)) {
            call.accept(holder);
            beQuietFor(SECOND);
        }
        holder.use().expect(200);
    }

    @Test
    void preserveIdleTtlIsNoActivity() {
        lapsesDespite(
                service -> service.get("/api/v2/tokens/me?preserveIdleTTL=true").expect(200));
    }

    @Test
    void backgroundRequestIsNoActivity() {
        lapsesDespite(service ->
                service.inBackground("GET", "/api/v2/organizations/me").expect(200));
    }

    @Test
    void lookingAtTheTimeLeftIsNoActivity() {
        lapsesDespite(service -> service.look().expect(200));
    }

    @Test
    void introspectionIsNoActivity() {
        lapsesDespite(service -> lapse.postAsService("/oauth/introspect", Form.of("token", service.accessToken()))
                .expect(200));
    }

    private void lapsesDespite(Consumer<TokenHolder> call) {
        TokenHolder service = lapse.service();
        Instant deadline = service.deadline();
        while (Instant.now().plusMillis(700).isBefore(deadline)) {
            call.accept(service);
            beQuietFor(Duration.ofMillis(500));
        }
        assertThat(service.deadline()).isEqualTo(deadline);
        beQuietFor(Duration.between(Instant.now(), deadline).plusMillis(1));
        assertThat(service.use()).isRefused(401, "bad.credentials");
    }

    @Test
    void callAfterTheDeadlineIsRefusedAndResetsNothing() {
        TokenHolder service = lapse.service();
        Instant deadline = service.deadline();
        beQuietFor(Duration.between(Instant.now(), deadline).plusMillis(1));

        assertThat(service.use()).isRefused(401, "bad.credentials");
        assertThat(service.use()).isRefused(401, "bad.credentials");

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(administrator.endsOf(service)).hasSize(1));
        assertThat(service.use()).isRefused(401, "bad.credentials");
        assertThat(administrator.endsOf(service)).hasSize(1);
    }

    @Test
    void endOfOneTokenTouchesNoOther() {
        TokenHolder unused = lapse.service();
        TokenHolder used = lapse.service();
        TokenHolder alice = lapse.signIn("alice@demo.example");

        for (int i = 0; i < 4; i++) {
            beQuietFor(SECOND);
            used.use().expect(200);
            alice.use().expect(200);
        }

        assertThat(unused.use()).isRefused(401, "bad.credentials");
        used.use().expect(200);
        alice.use().expect(200);
        assertThat(administrator.endsOf(used)).isEmpty();
        assertThat(administrator.endsOf(alice)).isEmpty();
    }

    @Test
    void lapsedTokenIsInactiveForEveryoneWhoAsks() {
        TokenHolder service = lapse.service();
        beQuietFor(TIMEOUT);

        Answer introspection = lapse.postAsService("/oauth/introspect", Form.of("token", service.accessToken()));

        assertThat(introspection.expect(200).json().required("active").asBoolean())
                .isFalse();
        assertThat(introspection.json()).hasSize(1);
    }

    @Test
    void stateOfTheLedgerAndOfTheTimerIsMeasured() {
        for (String metric : List.of(
                "lapse_sessions_live",
                "lapse_activity_total{outcome=\"recorded\"}",
                "lapse_activity_total{outcome=\"ignored\"}",
                "lapse_lateness_seconds_count",
                "lapse_activity_backlog")) {
            TokenHolder service = lapse.service();
            service.use();
            service.look();
            assertThat(lapse.metric(metric)).as(metric).isNotNegative();
        }
    }
}
