package org.lapse.rules.excludedapi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which call does a request target stand for? */
class ApiCallTest {
    @ParameterizedTest
    @CsvSource({
        "/a/b,                             /a/b",
        "/a/b?c=d?e,                       /a/b",
        "/a/b#c?d,                         /a/b",
        "/,                                /",
        "/a?u=http://x.example/y,          /a",
        "//x.example/a,                    //x.example/a",
        "http://service.example/a/b?c,     /a/b",
        "https://service.example:8443/a,   /a",
        "https://service.example,          ''",
        "https://service.example?a=/b,     ''",
    })
    void callIsThePathOfTheTarget(String target, String path) {
        assertThat(ApiCall.ofTarget("GET", target)).contains(new ApiCall("GET", path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*", "a/b", "service.example:443", "://x/y", "?u=http://x/y", "a/b?u=http://x/y"})
    void whatIsNoTargetOfACallIsNone(String target) {
        assertThat(ApiCall.ofTarget("GET", target)).isEmpty();
    }
}
