package org.lapse.organizations.application;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BrowserOriginsTest {
    @ParameterizedTest
    @CsvSource({
        "https://Desk.example/callback, https://desk.example",
        "https://desk.example:443/, https://desk.example",
        "http://localhost:3000/a?b, http://localhost:3000"
    })
    void theOriginOfARedirectUriIsWrittenAsBrowsersDo(String address, String origin) {
        assertThat(BrowserOrigins.originOf(address)).contains(origin);
    }

    @ParameterizedTest
    @ValueSource(strings = {"com.example.desk:/cb", "not a uri", "/relative"})
    void whereNoPageCanBeThereIsNoOrigin(String address) {
        assertThat(BrowserOrigins.originOf(address)).isEmpty();
    }
}
