package org.lapse.rules.excludedapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which calls do not reset the inactivity timer? */
class ExcludedApisTest {
    private static final ExcludedApis USERS_ME = excluded("api/v2/users/me");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "api/v2/users/me",
                "/api/v2/users/me",
                "/api/v2/users/me/",
                "//api//v2///users/me//",
                "/api/v2/./users/me/.",
                "/api/v2/x/../users/me",
                "/api/v2/x/y/../../users/me",
                "/api/v2/users/me/x/..",
                "/api/v2/users/you/../me",
                "/../api/v2/users/me",
                "/api/v2/%75sers/me",
                "/%61%70%69/v2/users/m%65",
                "/api/v2/users/me;jsessionid=1",
                "/api/v2;a=b;c/users;d=e.f/me",
                "/api/v2/;x/users/me",
                "/api/v2/%2e/users/me",
                "/api/v2/x/%2E%2e/users/me",
                "/api/v2/x/.%2e;y/users/me"
            })
    void everySpellingOfThePathIsThePath(String path) {
        assertThat(USERS_ME.contains(new ApiCall("GET", path))).isTrue();
        assertThat(new ApiCall("GET", path).path()).isEqualTo("/api/v2/users/me");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/api/v2/users",
                "/api/v2/users/me/more",
                "/api/v2/users/me/..",
                "/api/v2/users/Me",
                "/API/v2/users/me",
                "/api/v2/users%2Fme",
                "/api/v2/users%5Cme",
                "/api/v2/%2575sers/me",
                "/api/v2/users/me%20",
                "/api/v2/users/me%3Bx=1",
                "/api/v2/users/me%00",
                "/api/v2/users/me.",
                "/api/v2/users/me%",
                "/api/v2/users/me%6",
                "/api/v2/users/%m6e",
                "/api/v2/users/m%6G",
                "/api/v2/users/m",
                "/x/api/v2/users/me",
                "/api/v2/users/.../me",
                "/api/v2/users/.a/../../me",
                "/lapse/api/v2/users/me"
            })
    void otherPathIsNotThePath(String path) {
        assertThat(USERS_ME.contains(new ApiCall("GET", path))).isFalse();
    }

    @Test
    void exclusionWithoutAMethodMeansEveryMethod() {
        assertThat(USERS_ME.contains(new ApiCall("DELETE", "/api/v2/users/me"))).isTrue();
    }

    @Test
    void parameterStandsForOneSegment() {
        ExcludedApis excluded = excluded("GET api/v2/users/{id}/presences/{source}", "api/v2/users/me");

        assertThat(excluded.contains(new ApiCall("GET", "/api/v2/users/17/presences/purecloud")))
                .isTrue();
        assertThat(excluded.contains(new ApiCall("GET", "/api/v2/users/me/presences/purecloud")))
                .isTrue();
        assertThat(excluded.contains(new ApiCall("POST", "/api/v2/users/me"))).isTrue();
        assertThat(excluded.contains(new ApiCall("PUT", "/api/v2/users/me/presences/purecloud")))
                .isFalse();
        assertThat(excluded.contains(new ApiCall("GET", "/api/v2/users/17/presences")))
                .isFalse();
        assertThat(excluded.contains(new ApiCall("GET", "/api/v2/users/17/presences/a/b")))
                .isFalse();
        assertThat(excluded.contains(new ApiCall("GET", "/api/v2/users/17"))).isFalse();
    }

    @Test
    void starStandsForEverythingBelowAndNotForWhatStandsBefore() {
        ExcludedApis excluded = excluded("api/v2/users/*", "POST api/v2/{any}/x/*");

        assertThat(excluded.contains(new ApiCall("GET", "/api/v2/users/me"))).isTrue();
        assertThat(excluded.contains(new ApiCall("GET", "/api/v2/users/a/b/c"))).isTrue();
        assertThat(excluded.contains(new ApiCall("GET", "/api/v2/users"))).isFalse();
        assertThat(excluded.contains(new ApiCall("GET", "/api/v2/users/"))).isFalse();
        assertThat(excluded.contains(new ApiCall("GET", "/api/v2/usersandmore")))
                .isFalse();
        assertThat(excluded.contains(new ApiCall("POST", "/api/v2/a/x/b"))).isTrue();
        assertThat(excluded.contains(new ApiCall("GET", "/api/v2/a/x/b"))).isFalse();
    }

    @Test
    void separatorThatIsEncodedIsPartOfASegment() {
        assertThat(excluded("a/b%2fc").contains(new ApiCall("GET", "/a/b%2Fc"))).isTrue();
        assertThat(excluded("a/{x}").contains(new ApiCall("GET", "/a/b%2Fc"))).isTrue();
        assertThat(excluded("a/b/c").contains(new ApiCall("GET", "/a/b%2Fc"))).isFalse();
    }

    @Test
    void letterBeyondAsciiIsItsUtf8() {
        assertThat(excluded("a/é").contains(new ApiCall("GET", "/a/%c3%A9"))).isTrue();
        assertThat(excluded("a/%C3%A9").contains(new ApiCall("GET", "/a/é"))).isTrue();
        assertThat(ApiPattern.of("a/é")).hasToString("a/%C3%A9");
        assertThat(excluded("a/e").contains(new ApiCall("GET", "/a/é"))).isFalse();
        assertThat(new ApiCall("GET", "/a b/é").path()).isEqualTo("/a%20b/%C3%A9");
        assertThat(new ApiCall("GET", "/\u007F\u0080").path()).isEqualTo("/%7F%C2%80");
    }

    @ParameterizedTest
    @EnumSource
    void defaultApiIsSwitchedOnByItsName(DefaultApi api) {
        assertThat(DefaultApi.ofWireName(api.wireName())).contains(api);
        assertThat(api.pattern().path()).isEqualTo(api.wireName());
        assertThat(ExcludedApis.of(List.of(api.pattern())).contains(new ApiCall("POST", "/" + api.wireName())))
                .isTrue();
    }

    @Test
    void sendingOfDiagnosticsIsADefaultAndReadingIsNot() {
        ExcludedApis defaults = ExcludedApis.of(
                Arrays.stream(DefaultApi.values()).map(DefaultApi::pattern).toList());

        assertThat(defaults.contains(new ApiCall("GET", "/api/v2/diagnostics/trace")))
                .isFalse();
        assertThat(defaults.contains(new ApiCall("GET", "/api/v2/diagnostics/newrelic/insights")))
                .isFalse();
        assertThat(defaults.contains(new ApiCall("GET", "/api/v2/featuretoggles")))
                .isTrue();
        assertThat(defaults.patterns()).hasSize(5);
        assertThat(defaults).hasToString(defaults.patterns().toString());
        assertThat(DefaultApi.ofWireName("api/v2/tokens/me")).isEmpty();
    }

    @Test
    void nothingIsExcludedWherePatternsAreNone() {
        assertThat(ExcludedApis.of(List.of())).isSameAs(ExcludedApis.NONE);
        assertThat(ExcludedApis.NONE.contains(new ApiCall("GET", "/api/v2/users/me")))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "GET /api/v2/x?y=1,                               GET api/v2/x",
        "' post   api/v2/x/ ',                            POST api/v2/x",
        "/api/v2/x#y,                                     api/v2/x",
        "https://lapse.example:8443/api/v2/x?y,           api/v2/x",
        "DELETE HTTP://LAPSE.EXAMPLE/api/v2/x,            DELETE api/v2/x",
        "/api//v2/./y/../x;z=1/*,                         api/v2/x/*",
        "api/{version}/%7eme/%2f,                         api/{version}/~me/%2F",
        "api/%2A/%7bx%7d/%25,                             api/%2A/%7Bx%7D/%25",
        "'a/-._~!$&''()+,=:@09azAZ',                      'a/-._~!$&''()+,=:@09azAZ'",
    })
    void whatIsPastedGetsItsOneSpelling(String pasted, String pattern) {
        assertThat(ApiPattern.of(pasted)).hasToString(pattern);
        assertThat(ApiPattern.of(pasted)).isEqualTo(ApiPattern.of(pattern)).isNotEqualTo(pattern);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", " ", "/", "?", "*", "/*", "{a}", "{a}/*", "GET /", "GET /*", "https://lapse.example", "a b c",
                "GET a b", "a\tb c", "a\\b", "a/*/b", "a*", "a/b*", "a/{b", "a/b}", "a/{b}c", "a/{b:.*}", "a/{}",
                        "a/../*",
                "G3T a", "FETCH a", "a b", "a/b\u0000", "a/b\u007F"
            })
    void whatIsNoApiIsRefused(String text) {
        assertThatThrownBy(() -> ApiPattern.of(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void nameOfAnApiIsNotEndless() {
        assertThat(ApiPattern.of("a/" + "b".repeat(998)).path()).hasSize(1000);
        assertThatThrownBy(() -> ApiPattern.of("a/" + "b".repeat(999))).hasMessageContaining("1000");
    }

    @Test
    void manyPatternsAreToldApart() {
        ExcludedApis excluded = ExcludedApis.of(IntStream.range(0, 1000)
                .mapToObj(i -> ApiPattern.of("api/v2/many/" + 2 * i))
                .toList());

        assertThat(IntStream.range(0, 2000).filter(i -> excluded.contains(new ApiCall("GET", "/api/v2/many/" + i))))
                .hasSize(1000)
                .allMatch(i -> i % 2 == 0);
    }

    @Test
    void pathOfManyDotsIsAnsweredAtOnce() {
        String path = "/a" + "/b/..".repeat(20_000) + "/c";

        org.junit.jupiter.api.Assertions.assertTimeout(java.time.Duration.ofSeconds(5), () -> assertThat(
                        excluded("a/c").contains(new ApiCall("GET", path)))
                .isTrue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/api/v2/users/me", "/~a/b.c/d-_!$&'()+,=:@e"})
    void pathInItsOneSpellingIsTheVerySame(String path) {
        assertThat(new ApiCall("GET", path).path()).isSameAs(path);
    }

    @Test
    void matchingMakesNoObject() {
        List<ApiPattern> patterns = new ArrayList<>(
                Arrays.stream(DefaultApi.values()).map(DefaultApi::pattern).toList());
        IntStream.range(0, 200).forEach(i -> patterns.add(ApiPattern.of("GET api/v2/{a}/x" + i + "/*")));
        ExcludedApis excluded = ExcludedApis.of(patterns);
        ApiCall[] calls = {
            new ApiCall("GET", "/api/v2/users/me"),
            new ApiCall("GET", "/api/v2/x/../users/%6De;y=1"),
            new ApiCall("POST", "/api/v2/diagnostics/trace"),
            new ApiCall("PUT", "/api/v2/diagnostics/trace"),
            new ApiCall("GET", "/api/v2/any/x17/y"),
            new ApiCall("GET", "/api/v2/tokens/me/%2e/activity/")
        };
        assertThat(count(excluded, calls, 1000)).isEqualTo(4000);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        threads.getThreadAllocatedBytes(thread);

        long before = threads.getThreadAllocatedBytes(thread);
        long asking = threads.getThreadAllocatedBytes(thread) - before;
        count(excluded, calls, 10_000);
        long after = threads.getThreadAllocatedBytes(thread);

        assertThat(after - before - 2 * asking).isLessThan(1000);
    }

    private static int count(ExcludedApis excluded, ApiCall[] calls, int rounds) {
        int found = 0;
        for (int i = 0; i < rounds; i++) {
            for (ApiCall call : calls) {
                found += excluded.contains(call) ? 1 : 0;
            }
        }
        return found;
    }

    private static ExcludedApis excluded(String... patterns) {
        return ExcludedApis.of(Arrays.stream(patterns).map(ApiPattern::of).toList());
    }
}
