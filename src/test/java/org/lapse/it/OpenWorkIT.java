package org.lapse.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.lapse.it.AnswerAssert.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Who has open work is neither ended nor locked by inactivity; two tokens of one user are independent of each other.
 */
@OnServer
class OpenWorkIT {
    private static final String HOLDS = "/api/v2/tokens/me/holds";
    private static final String HEARTBEAT = "/api/v2/tokens/me/activity";

    private final LapseSystem lapse = LapseSystem.ofSuite();
    private final Administrator administrator = lapse.administrator();

    @AfterEach
    void restore() {
        administrator.restore();
    }

    @Test
    void heldSessionDoesNotLapseBeforeTheHoldIsEndedAndTheOtherTokenOfTheUserDoes() {
        String username = UUID.randomUUID() + "@demo.example";
        administrator.createUser(username);
        TokenHolder embedded = lapse.signIn(username);
        TokenHolder main = lapse.signIn(username);
        String hold = idOf(embedded.post(HOLDS, "{\"reason\":\"after-call work\",\"seconds\":600}"));
        administrator.setTimeout(Duration.ofMinutes(1));
        main.use().expect(200);
        embedded.use().expect(200);

        lapse.letPass(Duration.ofMinutes(1));

        assertThat(main.use()).isRefused(401, "bad.credentials");
        embedded.delete(HOLDS + "/" + hold).expect(200);
        lapse.letPass(Duration.ofMinutes(1));
        assertThat(embedded.use()).isRefused(401, "bad.credentials");
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(administrator.auditsOf(embedded.sessionId()))
                        .extracting(row -> row.required("action").asText())
                        .containsExactly("session.end", "hold.end", "hold.open", "session.open"));
    }

    @Test
    void heartbeatOfTheEmbeddedClientKeepsThatTokenAliveAndNoOther() {
        String username = UUID.randomUUID() + "@demo.example";
        administrator.createUser(username);
        TokenHolder embedded = lapse.signIn(username);
        TokenHolder main = lapse.signIn(username);
        administrator.setTimeout(Duration.ofMinutes(1));
        embedded.use().expect(200);
        main.use().expect(200);

        lapse.letPass(Duration.ofSeconds(40));
        embedded.beat().expect(200);
        lapse.letPass(Duration.ofSeconds(40));

        assertThat(main.use()).isRefused(401, "bad.credentials");
        embedded.use().expect(200);
    }

    @Test
    void timerRunsAgainFromTheEndOfTheHold() {
        administrator.setTimeout(Duration.ofMinutes(5));
        TokenHolder holder = lapse.service();
        Instant until = Instant.parse(holder.post(HOLDS, "{\"reason\":\"call\",\"seconds\":600}")
                .expect(200)
                .json()
                .required("dateUntil")
                .asText());

        assertThat(holder.deadline()).isEqualTo(until.plusSeconds(300));
        assertThat(holder.look().json().required("heldUntil").asText()).isEqualTo(until.toString());

        holder.delete(HOLDS).expect(200);
        assertThat(holder.deadline()).isBefore(until);
        assertThat(holder.get(HOLDS).json()).isEmpty();
    }

    @Test
    void openWorkOfAUserHoldsAllSessionsThoseOpenedMeanwhileToo() {
        administrator.setTimeout(Duration.ofMinutes(5));
        String username = UUID.randomUUID() + "@demo.example";
        String holds = "/api/v2/users/" + administrator.createUser(username) + "/holds";
        TokenHolder before = lapse.signIn(username);

        String hold = idOf(lapse.service().post(holds, "{\"reason\":\"interaction\"}"));
        TokenHolder after = lapse.signIn(username);

        assertThat(before.look().json().has("heldUntil")).isTrue();
        assertThat(after.look().json().has("heldUntil")).isTrue();
        assertThat(lapse.service().get(holds).json()).hasSize(1);
        assertThat(before.post(holds, "{\"reason\":\"mine\"}")).isRefused(403, "missing.permissions");
        lapse.service().delete(holds + "/" + hold).expect(200);
        assertThat(before.look().json().has("heldUntil")).isFalse();
        assertThat(after.look().json().has("heldUntil")).isFalse();
        assertThat(lapse.service().delete(holds + "/" + hold)).isRefused(404, "not.found");
    }

    @Test
    void holdNeverExtendsTheAbsoluteEnd() {
        TokenHolder holder = lapse.service();
        Instant end = holder.deadline();

        holder.post(HOLDS, "{\"reason\":\"call\"}").expect(200);

        assertThat(holder.deadline()).isEqualTo(end);
    }

    @Test
    void heartbeatRecordsWhatWasSeenWhenItWasSeen() {
        administrator.setTimeout(Duration.ofMinutes(5));
        TokenHolder holder = lapse.service();
        Instant deadline = holder.deadline();

        holder.post(HEARTBEAT, "{\"seen\":[]}").expect(200);
        holder.post(HEARTBEAT, "{\"seen\":[\"key\"],\"activityAgeSeconds\":86400}")
                .expect(200);
        assertThat(holder.deadline()).isEqualTo(deadline);
        holder.post(HEARTBEAT, "{\"seen\":[\"pointer\",\"key\",\"scroll\",\"window\",\"systemWarning\"]}")
                .expect(200);
        assertThat(holder.deadline()).isAfter(deadline);
    }

    @Test
    void progressThatIsShownHoldsForAWhile() {
        administrator.setTimeout(Duration.ofMinutes(5));
        TokenHolder holder = lapse.service();

        Instant before = lapse.now();
        JsonNode left =
                holder.post(HEARTBEAT, "{\"seen\":[\"progress\"]}").expect(200).json();

        assertThat(Instant.parse(left.required("heldUntil").asText()))
                .isBetween(before.plusSeconds(60), lapse.now().plusSeconds(60));
        assertThat(left.required("secondsLeft").asDouble()).isBetween(350.0, 361.0);
        holder.post(HEARTBEAT, "{\"seen\":[\"progress\"]}").expect(200);
        assertThat(holder.get(HOLDS).json()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"seconds\":60} | reason",
                "{\"reason\":\" \"} | reason",
                "{\"reason\":\"call\",\"seconds\":0} | seconds",
                "{\"reason\":\"call\",\"seconds\":7201} | seconds",
            })
    void holdsThatMayNotBeAreRefused(String body, String field) {
        assertThat(lapse.service().post(HOLDS, body))
                .isRefused(400, "invalid.value")
                .namesField(field);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"seen\":[\"nothing\"]} | seen[0]",
                "{\"seen\":[\"key\",null]} | seen[1]",
                "{\"seen\":[\"key\"],\"activityAgeSeconds\":-1} | activityAgeSeconds",
            })
    void heartbeatsThatMeanNothingAreRefused(String body, String field) {
        assertThat(lapse.service().post(HEARTBEAT, body))
                .isRefused(400, "invalid.value")
                .namesField(field);
    }

    private static String idOf(Answer opened) {
        return opened.expect(200).json().required("id").asText();
    }
}
