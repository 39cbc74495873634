package org.lapse.insight.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of a client's log is kept? */
class RedactionTest {
    @ParameterizedTest
    @CsvSource({
        "a eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl b, a [redacted] b",
        "eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0., [redacted]",
        "eyJhbGciOiJkaXIifQ..aXY.Y2lwaGVy.dGFn, [redacted]",
        "Authorization: Bearer opaque-token_1~x==, Authorization: Bearer [redacted]",
        "?h=bearer%20opaque, ?h=bearer%20[redacted]",
        "code=ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnop0&state=1, code=[redacted]&state=1",
        "wss://lapse.example/notifications/ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmno-_, wss://lapse.example/notifications/[redacted]",
        "%22refresh_token%22%3A%22ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmno-_%22, %22refresh_token%22%3A%[redacted]%22",
        "client_id=desk&client_secret=demo-secret&x=1, client_id=desk&client_secret=[redacted]&x=1",
        "{\"client_secret\":\"demo-secret\"}, {\"client_secret\":\"[redacted]\"}",
        "{\\\"oldPassword\\\": \\\"a b\\\"}, {\\\"oldPassword\\\": \\\"[redacted]\\\"}",
        "Authorization: Basic ZGVtbzpkZW1v, Authorization: Basic [redacted]",
        "the password is wrong, the password is wrong",
        "{\"code\":\"bad.credentials\"}, {\"code\":\"bad.credentials\"}",
        "00000000-0000-0000-0000-000000000000, 00000000-0000-0000-0000-000000000000",
        "org.example.Widget failed at eyJa, org.example.Widget failed at eyJa",
    })
    void tokensAreTakenOutAndNothingElse(String told, String kept) {
        assertThat(Redaction.of(told)).isEqualTo(kept);
    }

    @Test
    void whatIsNamedAsASecretIsTakenOutWhateverItIs() {
        assertThat(Redaction.of(Map.of(
                        "request", Map.of("client_secret", 12345, "grant_type", "client_credentials"),
                        "bodies", List.of("username=a&password=b", Map.of("newPassword", List.of("c"))))))
                .isEqualTo(Map.of(
                        "request", Map.of("client_secret", "[redacted]", "grant_type", "client_credentials"),
                        "bodies", List.of("username=a&password=[redacted]", Map.of("newPassword", "[redacted]"))));
    }

    @Test
    void longestEntryIsReadAtOnce() {
        Assertions.assertTimeout(Duration.ofMinutes(1), () -> Redaction.of("eyJ".repeat(5461)));
    }
}
