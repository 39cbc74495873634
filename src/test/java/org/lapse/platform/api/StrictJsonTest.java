package org.lapse.platform.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A field that is not ours may hold nothing, and nothing else. */
class StrictJsonTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\":\"Desk\",\"ownerIds\":null}",
                "{\"ownerIds\":[],\"name\":\"Desk\"}",
                "{\"chat\":{},\"name\":\"Desk\",\"ownerIds\":[ ]}",
                "{\"name\":\"Desk\",\"parts\":[{\"name\":\"a\",\"images\":[]},{\"name\":\"b\"}],\"x\":null}"
            })
    void unknownFieldThatHoldsNothingIsPassedOver(String json) throws Exception {
        assertThat(StrictJson.mapper().readValue(json, Body.class).name()).isEqualTo("Desk");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\":\"Desk\",\"ownerIds\":[\"a\"]}",
                "{\"ownerIds\":[[]],\"name\":\"Desk\"}",
                "{\"ownerIds\":{\"a\":null},\"name\":\"Desk\"}",
                "{\"name\":\"Desk\",\"ownerIds\":\"\"}",
                "{\"name\":\"Desk\",\"ownerIds\":0}",
                "{\"name\":\"Desk\",\"ownerIds\":false}"
            })
    void unknownFieldThatHoldsSomethingIsRefusedByName(String json) {
        Throwable thrown = catchThrowable(() -> StrictJson.mapper().readValue(json, Body.class));

        ApiException refusal = RefusalMapper.refusalFor(thrown);
        assertThat(refusal.status()).isEqualTo(400);
        assertThat(refusal.getMessage() + refusal.details()).contains("ownerIds");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"name\":[]}", "{\"name\":{}}", "{\"name\":\"Desk\",\"parts\":{}}"})
    void fieldOfOursIsReadAsStrictlyAsBefore(String json) {
        assertThatThrownBy(() -> StrictJson.mapper().readValue(json, Body.class))
                .isInstanceOf(Exception.class);
    }

    @JsonIgnoreProperties("id")
    private record Body(String name, @Nullable List<Part> parts) {}

    private record Part(String name) {}
}
