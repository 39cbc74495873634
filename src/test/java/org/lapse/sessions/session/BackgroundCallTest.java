package org.lapse.sessions.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lapse.rules.excludedapi.ApiCall;

/** Does a call say of itself that nobody is behind it? */
class BackgroundCallTest {
    @Test
    void theHeaderSaysSoOfEveryCall() {
        assertThat(is("1", "POST", "/reports", null)).isTrue();
        assertThat(is("0", "POST", "/reports", null)).isFalse();
        assertThat(is("", "POST", "/reports", null)).isFalse();
        assertThat(is(null, "POST", "/reports", null)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "GET,  /api/v2/tokens/me,  preserveIdleTTL=true,                       true",
        "GET,  api/v2/tokens/me/,  a=b&preserveIdleTTL=true&c,                 true",
        "GET,  /api/v2/tokens/me,  preserveIdleTTL=false,                      false",
        "GET,  /api/v2/tokens/me,  preserveIdleTTL=false&preserveIdleTTL=true, false",
        "GET,  /api/v2/tokens/me,  xpreserveIdleTTL=true,                      false",
        "GET,  /api/v2/tokens/me,  ,                                           false",
        "HEAD, /api/v2/tokens/me,  preserveIdleTTL=true,                       false",
        "GET,  /api/v2/users/me,   preserveIdleTTL=true,                       false",
    })
    void preserveIdleTtlSaysSoOfTheOneCallForWhichTheVendorHasIt(
            String method, String path, @Nullable String query, boolean background) {
        assertThat(is(null, method, path, query)).isEqualTo(background);
    }

    private static boolean is(@Nullable String header, String method, String path, @Nullable String query) {
        return BackgroundCall.is(header, new ApiCall(method, path), query);
    }
}
