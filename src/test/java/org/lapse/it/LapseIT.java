package org.lapse.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.lapse.it.AnswerAssert.assertThat;
import static org.lapse.it.Quiet.beQuietFor;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The main job: access that nobody uses ends. */
@OnServer
class LapseIT {
    private static final Duration TIMEOUT = Duration.ofMinutes(1);
    private static final Duration THIRD = TIMEOUT.dividedBy(3);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final List<Consumer<TokenHolder>> ACTIVITY = List.of(
            service -> service.use().expect(200),
            service -> service.get("/api/v2/users/me").expect(400), // whatever it is answered
            service -> service.call("HEAD", "/api/v2/tokens/me", null).expect(200),
            service -> service.get("/api/v2/tokens/me?preserveIdleTTL=false").expect(200),
            service -> service.beat().expect(200));

    private static final List<Consumer<TokenHolder>> NO_ACTIVITY = List.of(
            service -> service.get("/api/v2/tokens/me?preserveIdleTTL=true").expect(200),
            service -> service.inBackground("GET", "/api/v2/organizations/me").expect(200),
            service -> service.look().expect(200),
            service -> service.lapse()
                    .postAsService("/oauth/introspect", Form.of("token", service.accessToken()))
                    .expect(200));

    private final LapseSystem lapse = LapseSystem.ofSuite();
    private final Administrator administrator = lapse.administrator();

    @BeforeEach
    void setTimeout() {
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

        lapse.letPass(TIMEOUT);

        JsonNode end = await().atMost(PATIENCE)
                .until(() -> administrator.endsOf(service), ends -> !ends.isEmpty())
                .get(0);

        assertThat(end.required("reason").asText()).isEqualTo("INACTIVITY");
        assertThat(end.required("actorType").asText()).isEqualTo("policy");
        assertThat(Instant.parse(end.required("dateRecorded").asText())).isAfterOrEqualTo(deadline);
        assertThat(lapse.metric("lapse_lapses_total{outcome=\"ended\"}")).isGreaterThan(lapsesBefore);
        assertThat(service.use()).isRefused(401, "bad.credentials");
    }

    /** Of several ends the promptest counts: that a busy machine is late now and then says nothing about the timer. */
    @Test
    void timerIsExactToAFractionOfASecond() {
        Map<TokenHolder, Instant> deadlines = new HashMap<>();
        for (int i = 0; i < 5; i++) {
            TokenHolder service = lapse.service();
            deadlines.put(service, service.deadline());
            beQuietFor(Duration.ofMillis(300));
        }
        lapse.letPass(TIMEOUT.minusSeconds(4));

        List<Duration> lateness = deadlines.entrySet().stream()
                .map(one -> Duration.between(one.getValue(), endOf(one.getKey())))
                .sorted()
                .toList();

        assertThat(lateness).first().satisfies(promptest -> assertThat(promptest)
                .isBetween(Duration.ZERO, Duration.ofMillis(250)));
    }

    private Instant endOf(TokenHolder holder) {
        JsonNode end = await().atMost(PATIENCE)
                .until(() -> administrator.endsOf(holder), ends -> !ends.isEmpty())
                .get(0);
        return Instant.parse(end.required("dateRecorded").asText());
    }

    @Test
    void timeoutOfAPersonsTokenIsTheSame() {
        TokenHolder alice = lapse.signIn("alice@demo.example");
        alice.use().expect(200);

        lapse.letPass(TIMEOUT);

        assertThat(alice.use()).isRefused(401, "bad.credentials");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(administrator.endsOf(alice))
                .singleElement()
                .satisfies(end -> assertThat(end.required("reason").asText()).isEqualTo("INACTIVITY")));
    }

    @Test
    void activityKeepsATokenAliveForAsLongAsItComes() {
        Map<TokenHolder, Consumer<TokenHolder>> callers = callers(ACTIVITY);

        for (int i = 0; i < 6; i++) {
            callers.forEach((holder, call) -> call.accept(holder));
            lapse.letPass(THIRD);
        }

        callers.keySet().forEach(holder -> holder.use().expect(200));
    }

    @Test
    void whatIsNoActivityResetsNothing() {
        Map<TokenHolder, Consumer<TokenHolder>> callers = callers(NO_ACTIVITY);
        Map<TokenHolder, Instant> deadlines = deadlines(callers.keySet());

        lapse.letPass(THIRD);
        callers.forEach((holder, call) -> call.accept(holder));

        assertThat(deadlines(callers.keySet())).isEqualTo(deadlines);
        lapse.letPass(TIMEOUT.minus(THIRD));
        assertThat(callers.keySet())
                .allSatisfy(holder -> assertThat(holder.use()).isRefused(401, "bad.credentials"));
    }

    /** For each call somebody who makes it. */
    private Map<TokenHolder, Consumer<TokenHolder>> callers(List<Consumer<TokenHolder>> calls) {
        return calls.stream().collect(Collectors.toMap(call -> lapse.service(), Function.identity()));
    }

    private static Map<TokenHolder, Instant> deadlines(Collection<TokenHolder> holders) {
        return holders.stream().collect(Collectors.toMap(Function.identity(), TokenHolder::deadline));
    }

    @Test
    void callAfterTheDeadlineIsRefusedAndResetsNothing() {
        TokenHolder service = lapse.service();
        lapse.letPass(TIMEOUT);

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
            lapse.letPass(THIRD);
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
        lapse.letPass(TIMEOUT);

        Answer introspection = lapse.postAsService("/oauth/introspect", Form.of("token", service.accessToken()));

        assertThat(introspection.expect(200).json().required("active").asBoolean())
                .isFalse();
        assertThat(introspection.json()).hasSize(1);
    }

    @Test
    void stateOfTheLedgerAndOfTheTimerIsMeasured() {
        for (String metric : List.of(
                "lapse_node_lease",
                "lapse_node_lag_seconds",
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
