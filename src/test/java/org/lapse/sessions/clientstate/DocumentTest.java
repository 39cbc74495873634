package org.lapse.sessions.clientstate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lapse.platform.api.ApiException;

class DocumentTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "true",
                " 7 ",
                "-1.5e400",
                "\"\\u0000 \\ud800\"",
                "[]",
                "{\"a\" : 1, \"a\":2}\n",
                "\"\uD83D\uDE00\""
            })
    void anyJsonValueIsKeptByteForByte(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);

        assertThat(Document.sent(bytes).bytes()).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{", "{} {}", "{}x", "nul", "NaN", "'a'", "{a:1}", "/**/1", "\uFEFF{}", "\u0000"})
    void whatIsNotOneJsonValueIsRefused(String text) {
        assertRefused(text.getBytes(StandardCharsets.UTF_8), 400);
    }

    @Test
    void otherEncodingsAreRefused() {
        assertRefused("{}".getBytes(StandardCharsets.UTF_16), 400);
        assertRefused("\"\u00e4\"".getBytes(StandardCharsets.ISO_8859_1), 400);
    }

    @Test
    void nestingWithoutEndIsRefused() {
        assertRefused("[".repeat(5_000).concat("]".repeat(5_000)).getBytes(StandardCharsets.UTF_8), 400);
    }

    @Test
    void sixtyFourKibibytesAreTheMost() {
        byte[] longest = ("\"" + "x".repeat(65_534) + "\"").getBytes(StandardCharsets.UTF_8);
        byte[] longer = ("\"" + "x".repeat(65_535) + "\"").getBytes(StandardCharsets.UTF_8);

        assertThat(Document.sent(longest).bytes()).hasSize(65_536);
        assertRefused(longer, 413);
    }

    @Test
    void entityTagIsThatOfTheVeryContent() {
        Document one = Document.stored(new byte[] {'1'});

        assertThat(one.entityTag()).isEqualTo(Document.stored(new byte[] {'1'}).entityTag());
        assertThat(one.entityTag())
                .isNotEqualTo(Document.stored(new byte[] {'1', ' '}).entityTag());
    }

    private static void assertRefused(byte[] body, int status) {
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> Document.sent(body))
                .satisfies(refusal -> assertThat(refusal.status()).isEqualTo(status));
    }
}
