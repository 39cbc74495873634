package org.lapse.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lapse.it.AnswerAssert.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Groups have timeouts of their own, which override the organization-wide one. */
@OnServer
class GroupTimeoutIT {
    private static final String TIMEOUT = "/api/v2/tokens/timeout";
    private static final String BUNDLES = "inactivityTimeoutGroupBundles";

    private final LapseSystem lapse = LapseSystem.ofSuite();
    private final Administrator administrator = lapse.administrator();
    private final String username = UUID.randomUUID() + "@demo.example";

    @AfterEach
    void restore() {
        administrator.restore();
    }

    @Test
    void groupTimeoutOverridesTheOrganizationWideOneAtOnceAndForWhoJoinsAndLeaves() {
        administrator.setTimeout(Duration.ofMinutes(10));
        String id = administrator.createUser(username);
        TokenHolder user = lapse.signIn(username);
        String group = administrator.createGroup();
        administrator.setGroupTimeouts(Map.of(group, Duration.ofHours(1)));
        assertThat(left(user)).isEqualTo("organization 600");

        administrator.addMembers(group, id);
        assertThat(left(user)).isEqualTo("group 3600");
        assertThat(left(lapse.signIn(username))).isEqualTo("group 3600");

        administrator.setGroupTimeouts(Map.of(group, Duration.ofHours(2)));
        assertThat(left(user)).isEqualTo("group 7200");

        lapse.service().delete("/api/v2/groups/" + group + "/members?id=" + id).expect(200);
        assertThat(left(user)).isEqualTo("organization 600");
    }

    @Test
    void bestPriorityDecidesAndDeletedGroupCountsNoLonger() {
        String id = administrator.createUser(username);
        String first = administrator.createGroup(id);
        String second = administrator.createGroup(id);
        Map<String, Duration> timeouts = new LinkedHashMap<>();
        timeouts.put(first, Duration.ofHours(2));
        timeouts.put(second, Duration.ofMinutes(5));
        administrator.setGroupTimeouts(timeouts);
        TokenHolder user = lapse.signIn(username);
        assertThat(left(user)).isEqualTo("group 7200");
        assertThat(user.tokens().refresh()).isNull();

        lapse.service().delete("/api/v2/groups/" + first).expect(200);

        assertThat(left(user)).isEqualTo("group 300");
        assertThat(lapse.service().get(TIMEOUT).json().at("/" + BUNDLES + "/0/groups"))
                .isEmpty();
    }

    @Test
    void hipaaCapsGroupTimeoutsAndSwitchedOffBringsThemBack() {
        String group = administrator.createGroup(administrator.createUser(username));
        administrator.setGroupTimeouts(Map.of(group, Duration.ofHours(2)));
        TokenHolder user = lapse.signIn(username);

        administrator.setHipaa(true);
        assertThat(left(user)).isEqualTo("hipaa 900");
        JsonNode kept = lapse.service().get(TIMEOUT).json();
        assertThat(kept.at("/" + BUNDLES + "/0/timeoutSeconds").asInt()).isEqualTo(7200);
        lapse.service().put(TIMEOUT, kept.toString()).expect(200);

        administrator.setHipaa(false);
        assertThat(left(user)).isEqualTo("group 7200");
    }

    @Test
    void administratorLearnsWhySomebodyHasTheirTimeout() {
        administrator.setTimeout(Duration.ofMinutes(30));
        administrator.setDeskOption("inactivity-timeout", "10");
        String id = administrator.createUser(username);
        administrator.setGroupTimeouts(Map.of(administrator.createGroup(id), Duration.ofHours(1)));
        String timeout = "/api/v2/users/" + id + "/timeout";

        JsonNode apart = lapse.service().get(timeout).expect(200).json();
        JsonNode atTheDesk = lapse.service()
                .get(timeout + "?applicationId=" + DemoDesk.ID)
                .expect(200)
                .json();

        assertThat(apart.required("rule").asText()).isEqualTo("group");
        assertThat(apart.required("timeoutSeconds").asInt()).isEqualTo(3600);
        assertThat(apart.required("bundlePriority").asInt()).isEqualTo(1);
        assertThat(apart.required("overruled").findValuesAsText("rule")).containsExactly("organization");
        assertThat(apart.required("overruled").findValuesAsText("why")).containsExactly("overridden");
        assertThat(atTheDesk.required("rule").asText()).isEqualTo("application");
        assertThat(atTheDesk.required("option").asText()).isEqualTo("[security] inactivity-timeout");
        assertThat(atTheDesk.required("overruled").findValuesAsText("rule")).containsExactly("group", "organization");
        assertThat(atTheDesk.required("overruled").findValuesAsText("why")).containsExactly("longer", "overridden");
        assertThat(atTheDesk.at("/overruled/0/bundlePriority").asInt()).isEqualTo(1);
        assertThat(atTheDesk.required("reason").asText())
                .contains(
                        "10 minutes is shorter than the timeout of the user's group bundle with priority 1 of 1 hour");
        assertThat(lapse.service().get(timeout + "?applicationId=nothing"))
                .isRefused(400, "invalid.value")
                .namesField("applicationId");
        assertThat(lapse.signIn("alice@demo.example").get(timeout)).isRefused(403, "missing.permissions");
        lapse.signIn(username).get(timeout).expect(200);
    }

    @Test
    void unitIsKeptAsTheAdministratorGaveIt() {
        String group = administrator.createGroup();
        lapse.service()
                .put(
                        TIMEOUT,
                        bundles(
                                "{\"priority\":3,\"timeoutSeconds\":7200,\"inactivityTimeoutUnit\":\"Hours\",\"groups\":[\""
                                        + group + "\"]}"))
                .expect(200);

        JsonNode bundle = lapse.service().get(TIMEOUT).json().at("/" + BUNDLES + "/0");

        assertThat(bundle.required("inactivityTimeoutUnit").asText()).isEqualTo("Hours");
        assertThat(bundle.required("priority").asInt()).isEqualTo(3);
        administrator.setGroupTimeouts(Map.of());
        assertThat(lapse.service().get(TIMEOUT).json().required(BUNDLES)).isEmpty();
    }

    @Test
    void bundleKeepsItsNameUnlessTheChangeSaysAnother() {
        String group = administrator.createGroup();
        String plain = "{\"priority\":1,\"timeoutSeconds\":3600,\"groups\":[\"" + group + "\"]";

        lapse.service().put(TIMEOUT, bundles(plain + ",\"name\":\" Agents \"}")).expect(200);
        assertThat(lapse.service()
                        .put(TIMEOUT, bundles(plain + "}"))
                        .json()
                        .at("/" + BUNDLES + "/0/name")
                        .asText())
                .isEqualTo("Agents");

        assertThat(lapse.service().put(TIMEOUT, bundles(plain + ",\"name\":\"" + "x".repeat(101) + "\"}")))
                .isRefused(400, "invalid.value")
                .namesField(BUNDLES + "[0].name");
        lapse.service().put(TIMEOUT, bundles(plain + ",\"name\":\"\"}")).expect(200);
        assertThat(lapse.service().get(TIMEOUT).json().at("/" + BUNDLES + "/0").has("name"))
                .isFalse();
    }

    @Test
    void changeThatIsBasedOnAnOldAnswerIsRefused() {
        Answer read = lapse.service().get(TIMEOUT).expect(200);
        String tag = read.header("ETag").orElseThrow();
        Map<String, String> based = Map.of("If-Match", tag);

        Answer first = lapse.service().call("PUT", TIMEOUT, "{\"idleTokenTimeoutSeconds\":1200}", based);
        Answer second = lapse.service().call("PUT", TIMEOUT, "{\"idleTokenTimeoutSeconds\":2400}", based);

        assertThat(first).hasStatus(200);
        assertThat(second).isRefused(412, "precondition.failed");
        assertThat(lapse.service()
                        .get(TIMEOUT)
                        .json()
                        .required("idleTokenTimeoutSeconds")
                        .asInt())
                .isEqualTo(1200);
        lapse.service()
                .call(
                        "PUT",
                        TIMEOUT,
                        "{\"idleTokenTimeoutSeconds\":2400}",
                        Map.of("If-Match", first.header("ETag").orElseThrow()))
                .expect(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"priority\":0,\"timeoutSeconds\":600,\"groups\":[]} | [0].priority",
                "{\"priority\":6,\"timeoutSeconds\":600,\"groups\":[]} | [0].priority",
                "{\"timeoutSeconds\":600,\"groups\":[]} | [0].priority",
                "{\"priority\":1,\"groups\":[]} | [0].timeoutSeconds",
                "{\"priority\":1,\"timeoutSeconds\":28801,\"groups\":[]} | [0].timeoutSeconds",
                "{\"priority\":1,\"timeoutSeconds\":0,\"groups\":[]} | [0].timeoutSeconds",
                "{\"priority\":1,\"timeoutSeconds\":600} | [0].groups",
                "{\"priority\":1,\"timeoutSeconds\":600,\"groups\":[\"6f0d0f61-5f0e-4a53-9c35-2f1f1f7ad5a3\"]} | [0].groups[0]",
                "{\"priority\":1,\"timeoutSeconds\":600,\"groups\":[\"nothing\"]} | [0].groups[0]",
                "{\"priority\":1,\"timeoutSeconds\":600,\"inactivityTimeoutUnit\":\"Days\",\"groups\":[]} | [0].inactivityTimeoutUnit",
                "{\"priority\":1,\"timeoutSeconds\":600,\"groups\":[]},{\"priority\":1,\"timeoutSeconds\":900,\"groups\":[]} | [1].priority",
                "null | [0]",
            })
    void bundlesThatMayNotBeAreRefusedAndChangeNothing(String bundles, String field) {
        JsonNode before = lapse.service().get(TIMEOUT).json();

        assertThat(lapse.service().put(TIMEOUT, bundles(bundles)))
                .isRefused(400, "invalid.value")
                .namesField(BUNDLES + field);

        assertThat(lapse.service().get(TIMEOUT).json()).isEqualTo(before);
    }

    @Test
    void sixBundlesOrTwentySixGroupsAreTooMany() {
        String groups = Stream.generate(administrator::createGroup)
                .limit(6)
                .map(id -> "\"" + id + "\"")
                .collect(Collectors.joining(","));
        String five = groups.substring(0, groups.lastIndexOf(','));

        assertThat(lapse.service().put(TIMEOUT, bundles(bundlesOf(five, 6, 5))))
                .isRefused(400, "invalid.value")
                .namesField(BUNDLES);
        assertThat(lapse.service().put(TIMEOUT, bundles(bundle(1, groups) + "," + bundlesOf(five, 4, 2))))
                .isRefused(400, "invalid.value")
                .namesField(BUNDLES + "[4].groups");
        lapse.service().put(TIMEOUT, bundles(bundlesOf(five, 5, 1))).expect(200);
    }

    private static String bundlesOf(String groups, int count, int first) {
        return IntStream.range(0, count)
                .mapToObj(i -> bundle(Math.min(first + i, 5), groups))
                .collect(Collectors.joining(","));
    }

    private static String bundle(int priority, String groups) {
        return "{\"priority\":" + priority + ",\"timeoutSeconds\":600,\"groups\":[" + groups + "]}";
    }

    private static String bundles(String bundles) {
        return "{\"" + BUNDLES + "\":[" + bundles + "]}";
    }

    private static String left(TokenHolder holder) {
        JsonNode left = holder.look().expect(200).json();
        return left.required("rule").asText() + " "
                + left.required("timeoutSeconds").asText();
    }
}
