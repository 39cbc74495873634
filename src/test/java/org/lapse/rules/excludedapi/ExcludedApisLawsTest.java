package org.lapse.rules.excludedapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for all patterns and all spellings of all paths. */
class ExcludedApisLawsTest {

    @Property(seed = "1")
    void normalizingTwiceIsNormalizingOnce(@ForAll("calls") ApiCall call) {
        assertThat(new ApiCall(call.method(), call.path())).isEqualTo(call);
    }

    @Property(seed = "2")
    void normalPathSaysTheSameAsThePathThatWasSent(@ForAll("sentPaths") String sent) {
        String normal = new ApiCall("GET", sent).path();

        assertThat(NaiveExclusions.segments(normal)).isEqualTo(NaiveExclusions.segments(sent));
        assertThat(normal).startsWith("/").doesNotContain("//", ";", "/./", "/../");
    }

    @Property(seed = "3", tries = 3000)
    void pathsThatSayTheSameHaveOneSpelling(@ForAll("sentPaths") String one, @ForAll("sentPaths") String other) {
        assertThat(new ApiCall("GET", one).equals(new ApiCall("GET", other)))
                .isEqualTo(NaiveExclusions.segments(one).equals(NaiveExclusions.segments(other)));
    }

    @Property(seed = "4", tries = 5000)
    void treeAgreesWithThePlainestWay(
            @ForAll("patterns") Set<String> patterns,
            @ForAll("methods") String method,
            @ForAll("sentPaths") String path) {
        assertThat(excluded(patterns).contains(new ApiCall(method, path)))
                .isEqualTo(new NaiveExclusions(patterns).contain(method, path));
    }

    @Property(seed = "5")
    void onePatternMoreExcludesNothingLess(
            @ForAll("patterns") Set<String> patterns, @ForAll("pattern") String more, @ForAll("calls") ApiCall call) {
        Set<String> all = new HashSet<>(patterns);
        all.add(more);

        assertThat(excluded(all).contains(call))
                .isEqualTo(excluded(patterns).contains(call)
                        || excluded(Set.of(more)).contains(call));
    }

    @Property(seed = "6")
    void starAtTheEndMeansEverythingBelowAndNothingElse(@ForAll("paths") String path, @ForAll("calls") ApiCall call) {
        ApiPattern exact = ApiPattern.of("a/" + path + "/a");
        ExcludedApis below = ExcludedApis.of(List.of(ApiPattern.of(exact.path() + "/*")));

        assertThat(below.contains(call)).isEqualTo(call.path().startsWith("/" + exact.path() + "/"));
    }

    @Property(seed = "7")
    void methodInFrontMeansCallsByThatMethodAlone(@ForAll("paths") String path, @ForAll("methods") String method) {
        ApiPattern any = ApiPattern.of("a/" + path + "/a");
        ExcludedApis excluded = ExcludedApis.of(List.of(ApiPattern.of(method + " " + any)));

        assertThat(excluded.contains(new ApiCall("POST", any.path()))).isEqualTo(method.equals("POST"));
    }

    @Property(seed = "8")
    void patternThatIsWrittenOutIsTheSamePattern(@ForAll("pattern") String pattern) {
        ApiPattern once = ApiPattern.of(pattern);

        assertThat(ApiPattern.of(once.toString())).isEqualTo(once).hasSameHashCodeAs(once);
        assertThat(once.toString()).doesNotStartWith("/").doesNotContain("//", "?", ";");
    }

    @Property(seed = "9")
    void pathThatIsPastedIsExcluded(@ForAll("paths") String path, @ForAll("methods") String method) {
        ApiPattern pasted = ApiPattern.of("  /a/" + path + "/a?x=1  ");

        assertThat(ExcludedApis.of(List.of(pasted)).contains(new ApiCall(method, "/a/" + path + "/a")))
                .isTrue();
        assertThat(ApiPattern.of("https://lapse.example/a/" + path + "/a#there"))
                .isEqualTo(pasted);
        assertThat(ApiPattern.of(method.toLowerCase(Locale.ROOT) + "  /a/" + path + "/a"))
                .isEqualTo(ApiPattern.of(method + " " + pasted));
    }

    private static ExcludedApis excluded(Set<String> patterns) {
        return ExcludedApis.of(patterns.stream().map(ApiPattern::of).collect(Collectors.toSet()));
    }

    @Provide
    Arbitrary<String> methods() {
        return Arbitraries.of("GET", "POST", "DELETE");
    }

    /** Paths with few different segments, so that they meet patterns often, in many spellings. */
    @Provide
    Arbitrary<String> paths() {
        Arbitrary<String> segment = Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(8, Arbitraries.of("a", "b", "c", "A", "users", "me")),
                net.jqwik.api.Tuple.of(
                        4, Arbitraries.of("%61", "%62;x=1", "b;y", "u%73ers", "%6De", "m%65", "c;", "%41")),
                net.jqwik.api.Tuple.of(
                        3, Arbitraries.of("", ".", "..", "%2e", "%2E%2e", ".%2E", "..;x", ".;", ";z", "...", ".a")),
                net.jqwik.api.Tuple.of(
                        1, Arbitraries.of("a%2Fb", "a%2fb", "%25%36%31", "%C3%A9", "a%20b", "%7Bx%7D", "%3B", "a+b")));
        return segment.list().ofMinSize(0).ofMaxSize(7).map(segments -> String.join("/", segments));
    }

    /** With all that may stand in front of them. */
    @Provide
    Arbitrary<String> sentPaths() {
        return Combinators.combine(Arbitraries.of("", "/", "//", "a/", "/a/"), paths())
                .as((start, path) -> start + path);
    }

    @Provide
    Arbitrary<ApiCall> calls() {
        return Combinators.combine(methods(), sentPaths()).as(ApiCall::new);
    }

    @Provide
    Arbitrary<String> pattern() {
        Arbitrary<String> segment =
                Arbitraries.of("a", "b", "c", "A", "users", "me", "{id}", "{name}", "a%2Fb", "%C3%A9", "a+b");
        Arbitrary<String> path = segment.list().ofMaxSize(3).map(segments -> String.join("/", segments));
        return Combinators.combine(
                        Arbitraries.of("", "", "GET ", "POST "),
                        path,
                        Arbitraries.of("", "", "/*"),
                        Arbitraries.of("a", "b"))
                .as((method, segments, end, first) ->
                        method + first + (segments.isEmpty() ? "" : "/") + segments + end);
    }

    @Provide
    Arbitrary<Set<String>> patterns() {
        return pattern().set().ofMaxSize(12);
    }
}
