package org.lapse.access.gate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.lapse.sessions.ledger.LockReason;

/** What a refusal says: to proxies in a header, to clients in a body, in the words of RFC 6750 and of the interface. */
class RefusalTest {
    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of(Refusal.noToken(), "", "authentication.required"),
                Arguments.of(Refusal.twoTokens(), "invalid_request", "bad.request"),
                Arguments.of(Refusal.repeatedHeader(), "invalid_request", "bad.request"),
                Arguments.of(Refusal.unknownCall(), "invalid_request", "bad.request"),
                Arguments.of(Refusal.notAscii(), "invalid_request", "bad.request"),
                Arguments.of(Refusal.invalidToken("The access token has ended."), "invalid_token", "bad.credentials"),
                Arguments.of(
                        Refusal.locked(LockReason.INACTIVITY),
                        "insufficient_user_authentication",
                        "insufficient_user_authentication"),
                Arguments.of(
                        Refusal.locked(LockReason.FORCED),
                        "insufficient_user_authentication",
                        "insufficient_user_authentication"),
                Arguments.of(Refusal.notFromThere("The organization permits no."), "access_denied", "not.authorized"),
                Arguments.of(Refusal.stranger(), "access_denied", "not.authorized"),
                Arguments.of(Refusal.fault(), "temporarily_unavailable", "service.unavailable"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void headerAndBodySayTheSame(Refusal refusal, String error, String code) throws IOException {
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        refusal.writeTo(sent);
        JsonNode body = new ObjectMapper().readTree(sent.toByteArray());

        assertThat(refusal.length()).isEqualTo(sent.size());
        assertThat(body.required("status").asInt()).isEqualTo(401);
        assertThat(body.required("code").asText()).isEqualTo(code);
        if (error.isEmpty()) {
            assertThat(refusal.challenge()).isEqualTo("Bearer realm=\"lapse\"");
        } else {
            assertThat(refusal.challenge())
                    .isEqualTo("Bearer realm=\"lapse\", error=\"" + error + "\", error_description=\""
                            + body.required("message").asText() + "\"");
        }
    }
}
