package org.lapse.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.lapse.it.AnswerAssert.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How long may a token go unused, and why? Every change holds for live sessions at once. */
@OnServer
class HowLongIT {
    private static final String TIMEOUT = "/api/v2/tokens/timeout";

    private final LapseSystem lapse = LapseSystem.ofSuite();
    private final Administrator administrator = lapse.administrator();

    @AfterEach
    void restore() {
        administrator.restore();
    }

    @Test
    void nothingButTheAbsoluteEndLimitsATokenAtFirst() {
        TokenHolder service = lapse.service();

        JsonNode left = service.beat().expect(200).json();

        assertThat(left.required("rule").asText()).isEqualTo("none");
        assertThat(left.has("timeoutSeconds")).isFalse();
        assertThat(left.required("secondsLeft").asDouble())
                .isCloseTo((double) service.tokens().expiresIn(), within(10.0));
        assertThat(lapse.service()
                        .get(TIMEOUT)
                        .json()
                        .required("enableIdleTokenTimeout")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void heartbeatTellsTheTimeLeftTheWarningAndTheReason() {
        administrator.setTimeout(Duration.ofMinutes(30));

        JsonNode left = lapse.service().beat().expect(200).json();

        assertThat(left.required("secondsLeft").asDouble()).isBetween(1795.0, 1800.0);
        assertThat(left.required("timeoutSeconds").asLong()).isEqualTo(1800);
        assertThat(left.required("warningSeconds").asLong()).isEqualTo(60);
        assertThat(left.required("rule").asText()).isEqualTo("organization");
        assertThat(left.required("reason").asText()).contains("30 minutes");
        assertThat(left.required("overruled")).isEmpty();
        assertThat(Instant.parse(left.required("deadline").asText()))
                .isCloseTo(lapse.now().plus(Duration.ofMinutes(30)), within(10, ChronoUnit.SECONDS));
    }

    @Test
    void warningComesNoEarlierThanHalfOfAShortTimeout() {
        administrator.setTimeout(Duration.ofSeconds(20));

        assertThat(lapse.service().beat().json().required("warningSeconds").asLong())
                .isEqualTo(10);
    }

    @Test
    void tokenSaysWhenItWillEndIfNothingHappens() {
        administrator.setTimeout(Duration.ofMinutes(5));
        TokenHolder service = lapse.service();

        Instant idles = Instant.parse(
                service.use().expect(200).json().required("dateTokenIdles").asText());

        assertThat(idles).isEqualTo(service.deadline());
        assertThat(idles).isCloseTo(lapse.now().plusSeconds(300), within(10, ChronoUnit.SECONDS));
    }

    @Test
    void shorterTimeoutHoldsForLiveSessionsAtOnce() {
        TokenHolder unused = lapse.service();
        TokenHolder used = lapse.service();
        lapse.letPass(Duration.ofMinutes(1));
        used.use().expect(200);

        administrator.setTimeout(Duration.ofMinutes(1));

        assertThat(unused.use()).isRefused(401, "bad.credentials");
        used.use().expect(200);
    }

    @Test
    void longerTimeoutHoldsForLiveSessionsAtOnce() {
        administrator.setTimeout(Duration.ofMinutes(1));
        TokenHolder service = lapse.service();

        administrator.setTimeout(Duration.ofMinutes(5));

        lapse.letPass(Duration.ofMinutes(2));
        service.use().expect(200);
    }

    @Test
    void timeoutThatIsSwitchedOffEndsNobody() {
        administrator.setTimeout(Duration.ofMinutes(1));
        TokenHolder service = lapse.service();

        administrator.clearTimeout();

        assertThat(service.deadline()).isAfter(lapse.now().plus(Duration.ofHours(1)));
        service.use().expect(200);
    }

    @Test
    void shorterOfApplicationAndOrganizationDecidesAndTheOtherIsNamed() {
        administrator.setTimeout(Duration.ofMinutes(30));
        administrator.setSecurityOption(LapseSystem.SERVICE_ID, "inactivity-timeout", "10");

        JsonNode left = lapse.service().beat().expect(200).json();

        assertThat(left.required("rule").asText()).isEqualTo("application");
        assertThat(left.required("timeoutSeconds").asLong()).isEqualTo(600);
        assertThat(left.required("overruled").get(0).required("rule").asText()).isEqualTo("organization");
        assertThat(left.required("overruled").get(0).required("timeoutSeconds").asLong())
                .isEqualTo(1800);
    }

    @Test
    void applicationsTimeoutGovernsThatApplicationAlone() {
        administrator.setDeskOption("inactivity-timeout", "1");

        assertThat(lapse.signIn("alice@demo.example")
                        .beat()
                        .json()
                        .required("timeoutSeconds")
                        .asLong())
                .isEqualTo(60);
        assertThat(lapse.service().beat().json().has("timeoutSeconds")).isFalse();
    }

    @Test
    void applicationsTimeoutHoldsForLiveSessionsAtOnceAndZeroIsNone() {
        TokenHolder service = lapse.service();
        administrator.setSecurityOption(LapseSystem.SERVICE_ID, "inactivity-timeout", "1");
        assertThat(service.look().json().required("timeoutSeconds").asLong()).isEqualTo(60);

        administrator.setSecurityOption(LapseSystem.SERVICE_ID, "inactivity-timeout", "0");

        assertThat(service.look().json().required("rule").asText()).isEqualTo("none");
    }

    @Test
    void underHipaaFifteenMinutesHoldEvenWhereNobodySetsATimeout() {
        TokenHolder service = lapse.service();

        administrator.setHipaa(true);

        JsonNode left = service.look().expect(200).json();
        assertThat(left.required("rule").asText()).isEqualTo("hipaa");
        assertThat(left.required("timeoutSeconds").asLong()).isEqualTo(900);
    }

    @Test
    void underHipaaLongerTimeoutsAreCappedAndNotAccepted() {
        administrator.setTimeout(Duration.ofHours(1));
        administrator.setHipaa(true);

        JsonNode left = lapse.service().beat().expect(200).json();
        assertThat(left.required("rule").asText()).isEqualTo("hipaa");
        assertThat(left.required("timeoutSeconds").asLong()).isEqualTo(900);
        assertThat(left.required("overruled").get(0).required("rule").asText()).isEqualTo("organization");
        assertThat(lapse.service().put(TIMEOUT, "{\"idleTokenTimeoutSeconds\":901}"))
                .isRefused(400, "invalid.value")
                .namesField("idleTokenTimeoutSeconds");
        lapse.service().put(TIMEOUT, "{\"idleTokenTimeoutSeconds\":900}").expect(200);
    }

    @Test
    void underHipaaShorterTimeoutsStand() {
        administrator.setTimeout(Duration.ofMinutes(5));

        administrator.setHipaa(true);

        assertThat(lapse.service().beat().json().required("rule").asText()).isEqualTo("organization");
        assertThat(lapse.service()
                        .get("/api/v2/organizations/me")
                        .json()
                        .required("features")
                        .required("hipaa")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void changeOfATimeoutIsAuditedWithBeforeAndAfter() {
        String organization = lapse.service()
                .get("/api/v2/organizations/me")
                .json()
                .required("id")
                .asText();
        administrator.setTimeout(Duration.ofMinutes(20));
        administrator.setTimeout(Duration.ofMinutes(25));

        JsonNode row = administrator.auditsOf(organization).get(0);

        assertThat(row.required("action").asText()).isEqualTo("timeout.update");
        assertThat(row.required("before").required("idleTokenTimeoutSeconds").asInt())
                .isEqualTo(1200);
        assertThat(row.required("after").required("idleTokenTimeoutSeconds").asInt())
                .isEqualTo(1500);
    }

    @Test
    void changeWithoutABodyChangesNothing() {
        TokenHolder service = lapse.service();
        JsonNode before = service.get(TIMEOUT).expect(200).json();

        assertThat(service.call("PUT", TIMEOUT, null).expect(200).json()).isEqualTo(before);
        assertThat(service.get(TIMEOUT).expect(200).json()).isEqualTo(before);
    }

    @Test
    void fieldThatIsLeftOutStaysAsItWas() {
        lapse.service()
                .put(TIMEOUT, "{\"idleTokenTimeoutSeconds\":1200,\"inactivityTimeoutUnit\":\"Hours\"}")
                .expect(200);

        JsonNode after = lapse.service()
                .put(TIMEOUT, "{\"enableIdleTokenTimeout\":true}")
                .expect(200)
                .json();

        assertThat(after.required("idleTokenTimeoutSeconds").asInt()).isEqualTo(1200);
        assertThat(after.required("inactivityTimeoutUnit").asText()).isEqualTo("Hours");
        assertThat(lapse.service().get(TIMEOUT).expect(200).json()).isEqualTo(after);
        lapse.service().put(TIMEOUT, "{\"inactivityTimeoutUnit\":\"Minutes\"}").expect(200);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 28800})
    void timeoutsAtTheEndsOfTheRangeAreAccepted(int seconds) {
        lapse.service()
                .put(TIMEOUT, "{\"idleTokenTimeoutSeconds\":" + seconds + "}")
                .expect(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "28801", "2147483648", "3.5", "\"300\"", "true", "[300]"})
    void timeoutsBeyondTheRangeAreRefusedAndChangeNothing(String seconds) {
        JsonNode before = lapse.service().get(TIMEOUT).json();

        assertThat(lapse.service().put(TIMEOUT, "{\"idleTokenTimeoutSeconds\":" + seconds + "}"))
                .isRefused(400, "invalid.value")
                .namesField("idleTokenTimeoutSeconds");

        assertThat(lapse.service().get(TIMEOUT).json()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({
        "inactivity-timeout, -1",
        "inactivity-timeout, 481",
        "inactivity-timeout, 1.5",
        "inactivity-timeout, ten",
        "inactivity-timeout, ''",
        "on-inactivity, LOCK",
        "on-inactivity, forget"
    })
    void optionsThatMeanNothingAreRefusedAndChangeNothing(String key, String value) {
        String application = "/api/v2/applications/" + DemoDesk.ID;
        JsonNode before = lapse.service().get(application).expect(200).json();

        assertThat(lapse.service().put(application, "{\"options\":{\"security\":{\"" + key + "\":\"" + value + "\"}}}"))
                .isRefused(400, "invalid.value")
                .namesField("options.security." + key);

        assertThat(lapse.service().get(application).json()).isEqualTo(before);
    }
}
