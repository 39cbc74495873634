package org.lapse.sessions.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lapse.rules.excludedapi.ApiCall;
import org.lapse.sessions.ledger.LiveSession;

class ActivitySourcesTest {
    private final ActivitySources resets = new ActivitySources();

    private String name(String method, String path) {
        return resets.nameOf(resets.of(new ApiCall(method, path))).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v2/users/me, GET api/v2/users/me",
        "api/v2/users/me, GET api/v2/users/me",
        "/api/v2/users/6f0d0f61-5f0e-4a53-9c35-2f1f1f7ad5a3/timeout, GET api/v2/users/{}/timeout",
        "/crm/v10/customers/4711, GET crm/v10/customers/{}",
        "/v/1, GET v/{}",
        "/a%20b/c, GET {}/c",
        "/a//b/, GET a/b",
        "/, 'GET '",
    })
    void callIsNamedWithoutWhatIsLikelyAnId(String path, String name) {
        assertThat(name("GET", path)).isEqualTo(name);
    }

    @Test
    void whatAnotherServerCallsSoHasTheSameNumber() {
        int call = resets.of(new ApiCall("GET", "/api/v2/users/" + UUID.randomUUID() + "/timeout"));

        assertThat(resets.named("GET api/v2/users/{}/timeout")).isEqualTo(call);
        for (int known : new int[] {ActivitySources.OPENED, ActivitySources.RELOGIN, ActivitySources.OTHER_CALL}) {
            assertThat(resets.named(resets.nameOf(known).orElseThrow())).isEqualTo(known);
        }
        assertThat(resets.named(null)).isEqualTo(ActivitySources.UNKNOWN);
    }

    @Test
    void callsThatDifferInIdsAloneHaveOneNumber() {
        int first = resets.of(new ApiCall("GET", "/api/v2/users/" + UUID.randomUUID()));

        assertThat(resets.of(new ApiCall("GET", "/api/v2/users/" + UUID.randomUUID())))
                .isEqualTo(first);
        assertThat(resets.of(new ApiCall("PUT", "/api/v2/users/" + UUID.randomUUID())))
                .isNotEqualTo(first);
        assertThat(resets.of(new ApiCall("GET", "/api/v2/users/x"))).isNotEqualTo(first);
        assertThat(resets.of(new ApiCall("GET", "/api/v2/users"))).isNotEqualTo(first);
        assertThat(resets.of(new ApiCall("GET", "/Aa")))
                .as("names whose hash codes are equal")
                .isNotEqualTo(resets.of(new ApiCall("GET", "/BB")));
    }

    @Test
    void whatFindsNoRoomIsSomeOtherCallAndWhatHasRoomKeepsIt() {
        int kept = resets.of(new ApiCall("GET", "/kept"));
        for (int i = 0; i < 20_000; i++) {
            int another = resets.of(new ApiCall(
                    "GET",
                    "/" + "abcdefghij".charAt(i % 10) + "/"
                            + Integer.toString(i, 26).replaceAll("[0-9]", "z") + "q".repeat(i % 37)));
            assertThat(another).isNotNegative().isLessThan(LiveSession.USES);
        }

        assertThat(resets.of(new ApiCall("GET", "/kept"))).isEqualTo(kept);
        assertThat(resets.nameOf(kept)).contains("GET kept");
    }

    @Test
    void longPathIsSomeOtherCall() {
        assertThat(name("GET", "/" + "x/".repeat(200))).isEqualTo("other");
    }

    @Test
    void nobodyKnowsAtFirst() {
        assertThat(resets.nameOf(ActivitySources.UNKNOWN)).isEmpty();
        assertThat(resets.nameOf(ActivitySources.OPENED)).contains("sign-in");
        assertThat(resets.nameOf(ActivitySources.RELOGIN)).contains("re-login");
    }
}
