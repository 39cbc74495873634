package org.lapse.platform.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What does not look like what it is, or cannot be kept, is refused while the body is read. */
class ReadableTextsTest {
    /** What may hold a text. */
    record Body(
            @Nullable String text,
            @Nullable List<String> texts,
            @Nullable Map<String, Map<String, String>> options,
            @MultiLine @Nullable String description,
            @MultiLine @Nullable Map<String, Map<String, String>> values,
            @Verbatim @Nullable String password) {}

    /** One field within another. */
    record Outer(Body inner) {}

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'text':'a\\u0000'}|text",
                "{'text':'a\\u0007'}|text",
                "{'text':'a\\tb'}|text",
                "{'text':'a\\nb'}|text",
                "{'text':'a\\u2028b'}|text",
                "{'text':'a\\u202eb'}|text",
                "{'text':'a\\u2066b'}|text",
                "{'text':'a\\u200fb'}|text",
                "{'text':'a\\u061cb'}|text",
                "{'text':'a\\u0085b'}|text",
                "{'text':'a\\ud800b'}|text",
                "{'texts':['a','\\u202e']}|texts[1]",
                "{'options':{'\\u202esecurity':{'key':'1'}}}|options",
                "{'options':{'security':{'k\\u0000':'1'}}}|options.security",
                "{'options':{'security':{'key':'1\\n'}}}|options.security.key",
                "{'description':'a\\u202eb'}|description",
                "{'description':'a\\u0007b'}|description",
                "{'values':{'security':{'k\\n':'1'}}}|values.security",
                "{'values':{'security':{'key':'\\u0001'}}}|values.security.key",
                "{'password':'a\\u0000'}|password"
            })
    void unreadableTextIsRefusedWithTheField(String json, String field) {
        assertThatThrownBy(() -> StrictJson.mapper().readValue(json.replace('\'', '"'), Body.class))
                .satisfies(thrown -> {
                    ApiException refusal = RefusalMapper.refusalFor(thrown);
                    assertThat(refusal.status()).isEqualTo(400);
                    assertThat(refusal.code()).isEqualTo("invalid.value");
                    assertThat(refusal.message()).startsWith("A text has no ");
                    assertThat(refusal.details()).containsExactly(ErrorDetail.ofField("invalid.value", field));
                });
    }

    @Test
    void fieldWithinAnotherIsNamedByItsPath() {
        assertThatThrownBy(() -> StrictJson.mapper().readValue("{\"inner\":{\"text\":\"\\u202e\"}}", Outer.class))
                .satisfies(thrown -> assertThat(RefusalMapper.refusalFor(thrown).details())
                        .containsExactly(ErrorDetail.ofField("invalid.value", "inner.text")));
    }

    @Test
    void otherTextIsReadAsItIs() throws JsonProcessingException {
        Body body = StrictJson.mapper()
                .readValue(
                        "{\"text\":\" \\u05d0\\u0627\\ud83d\\ude00 \",\"texts\":[\"\"],"
                                + "\"options\":{\"\":{\"k\":null}},\"description\":\"a\\r\\n\\tb\","
                                + "\"values\":{\"s\":{\"k\":\"a\\nb\"}},\"password\":\" \\u0001\\u202e\\n\"}",
                        Body.class);

        assertThat(body.text()).isEqualTo(" \u05d0\u0627\ud83d\ude00 ");
        assertThat(body.texts()).containsExactly("");
        assertThat(body.options()).containsKey("");
        assertThat(body.description()).isEqualTo("a\r\n\tb");
        assertThat(body.values()).isEqualTo(Map.of("s", Map.of("k", "a\nb")));
        assertThat(body.password()).isEqualTo(" \u0001\u202e\n");
        assertThatThrownBy(() -> StrictJson.mapper().readValue("{\"text\":7}", Body.class))
                .isInstanceOf(JsonProcessingException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"log\":\"a\\u0001\\u202e\"}", "{\"\\u202e\":[\"\\n\"]}"})
    void documentOfSomebodyElseIsReadAsItIs(String json) throws JsonProcessingException {
        assertThat(StrictJson.mapper().readValue(json, Map.class)).hasSize(1);
    }
}
