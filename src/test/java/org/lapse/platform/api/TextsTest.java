package org.lapse.platform.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "A",
                "Team 7",
                "Zo\u00eb",
                "\u05d3\u05e0\u05d4",
                "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", // Persian needs U+200C within a word
                "Hearts \u2764\ufe0f",
                "\u0915\u094d\u200d\u0937", // a half form of Devanagari
                "\u845b\udb40\udd00\u98fe", // a variant of a Chinese character
                "1\ufe0f\u20e3",
                "\u2764\ufe0f\u200d\ud83d\udd25",
                "\ud83d\udc68\u200d\ud83d\udcbb"
            })
    void nameOfAnyLanguageIsOne(String name) {
        assertThat(Texts.name("name", name)).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\u00a0",
                "\u200b",
                "\u200d\u200c",
                "\u2060\u2060",
                "\u00ad",
                "\u034f",
                "\u3164",
                "\u115f",
                "\u2800",
                "\ufe0f",
                "\udb40\udc41",
                " a",
                "a ",
                "a\u00a0",
                "\u3000a",
                "\ufeffa",
                "a\u200b",
                "a\tb",
                "a\nb",
                "a\u0000b",
                "a\u007fb",
                "a\u009fb",
                "a\u2029b",
                "a\u202eb",
                "a\u2067b",
                "a\u200eb",
                "a\u00adb",
                "a\u200bb",
                "a\u200db",
                "a\u200c\u0645",
                "\u0645\u200c",
                "\u0645\u200c\u200c\u0645",
                "a\u3164b",
                "a\u2060b",
                "a\ufe0fb",
                "\u2764\ufe0f\ufe0f",
                "a\udb40\udc41b",
                "a\udb40\udd00b",
                "a\ud83db"
            })
    void whatDoesNotLookLikeANameIsNone(String name) {
        assertThatThrownBy(() -> Texts.name("given", name)).satisfies(thrown -> {
            ApiException refusal = RefusalMapper.refusalFor(thrown);
            assertThat(refusal.status()).isEqualTo(400);
            assertThat(refusal.details()).containsExactly(ErrorDetail.ofField("invalid.value", "given"));
        });
    }

    @Test
    void nameHasAtMostTwoHundredCharacters() {
        assertThat(Texts.name("name", "x".repeat(200))).hasSize(200);
        assertThatThrownBy(() -> Texts.name("name", "x".repeat(201))).isInstanceOf(ApiException.class);
        assertThatThrownBy(() -> Texts.name("name", null)).isInstanceOf(ApiException.class);
    }

    @Test
    void severalLinesHaveTabsAndEndsOfLines() {
        assertThat(Texts.isMultiLine(" a\r\n\tb\u2028")).isTrue();
        assertThat(Texts.isMultiLine("a\u0008")).isFalse();
        assertThat(Texts.isMultiLine("a\u202e")).isFalse();
    }
}
