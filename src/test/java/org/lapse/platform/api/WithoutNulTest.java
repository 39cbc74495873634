package org.lapse.platform.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the database cannot keep is refused while the body is read, on every database alike. */
class WithoutNulTest {
    /** What may hold a text. */
    record Body(String text, List<String> texts, Map<String, Map<String, String>> options) {}

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'text':'a\\u0000'}",
                "{'texts':['a','\\u0000']}",
                "{'options':{'\\u0000security':{'key':'1'}}}",
                "{'options':{'security':{'k\\u0000':'1'}}}",
                "{'options':{'security':{'key':'1\\u0000'}}}"
            })
    void characterNulIsRefusedWithTheField(String json) {
        assertThatThrownBy(() -> StrictJson.mapper().readValue(json.replace('\'', '"'), Body.class))
                .satisfies(thrown -> {
                    ApiException refusal = RefusalMapper.refusalFor(thrown);
                    assertThat(refusal.status()).isEqualTo(400);
                    assertThat(ApiError.of(refusal, "").details()).hasSize(1);
                });
    }

    @Test
    void otherTextIsReadAsItIs() throws JsonProcessingException {
        Body body = StrictJson.mapper()
                .readValue("{\"text\":\"a\\u0001\",\"texts\":[\"\"],\"options\":{\"\":{\"k\":null}}}", Body.class);

        assertThat(body.text()).isEqualTo("a\u0001");
        assertThat(body.texts()).containsExactly("");
        assertThat(body.options().get("")).containsKey("k");
        assertThatThrownBy(() -> StrictJson.mapper().readValue("{\"text\":7}", Body.class))
                .isInstanceOf(JsonProcessingException.class);
    }
}
