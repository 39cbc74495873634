package org.lapse.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What belongs to one organization does not exist for another: not by its id in a path, in a query or in a body, and in
 * no listing. The endpoints come from the server's own OpenAPI document; one with a parameter or a field that this test
 * does not know makes it fail.
 */
@OnServer
class OrganizationsApartIT {
    /** What an administrator names as they like: an id that does not exist is not refused, but made. */
    private static final Set<String> MADE_BY_PUT =
            Set.of("PUT /api/v2/integrations/clientapps/{id}", "PUT /api/v2/apis/documents/{name}");

    /** Names of parameters and fields that speak of something by its id. */
    private static final Pattern REFERENCE = Pattern.compile(
            "(?:.*[.\\]])?(?:id|ids|.*Ids?|.*dbid|groups?|members?|roles?|template)(?:\\[])*(?:\\.name)?|\\[]");

    /** What looks like a reference and is none, with the reason. */
    private static final Map<Pattern, String> NO_REFERENCES = Map.of(
            Pattern.compile(".* /oauth/.*|.* /logout .*|.* /relogin .*"), "public ids of applications",
            Pattern.compile(".*/presences/.* (?:.*[.])?presenceDefinition.id"), "the same in every organization",
            Pattern.compile("(?:PATCH|PUT|POST) .* (?:id|userId|sourceId|source|folderid|dbid)"), "read-only: ignored",
            Pattern.compile(".*roleDivisions\\[]\\.divisionId"), "* alone",
            Pattern.compile("POST /api/v2/applications template"), "tried by its fields",
            Pattern.compile(".*/subscriptions \\[]"), "tried by its fields");

    private static final LapseSystem LAPSE = LapseSystem.ofSuite();

    /** What is told of a session that is used while this looks at it. */
    private static final String USED_MEANWHILE =
            "\"(secondsLeft|deadline|dateLastActivity|lastResetBy|datePerson)\":(\"[^\"]*\"|[0-9.E]+),"
                    + "|\"watched\":(true|false),|\"entities\":\\[(\\{\"call\":.*?)?]";

    @SuppressWarnings("NullAway.Init")
    private static Belongings ones;

    @SuppressWarnings("NullAway.Init")
    private static Belongings twos;

    /** What Two reads at each endpoint. */
    @SuppressWarnings("NullAway.Init")
    private static Map<String, String> told;

    @BeforeAll
    static void bothHaveOneOfEverything() {
        ones = Belongings.ofDemo(LAPSE);
        twos = Belongings.ofDemoTwo(LAPSE);
        told = endpointsToRead().collect(Collectors.toMap(Endpoint::toString, OrganizationsApartIT::readByTwo));
    }

    /** Before any other test has Two name things of One, which its own audit then knows. */
    private static String readByTwo(Endpoint endpoint) {
        String path = endpoint.pathWith(twos.ids()) + QUERIES.getOrDefault(endpoint.toString(), "");
        return twos.call("GET", path, null).expect(200).body();
    }

    @AfterAll
    static void clear() {
        ones.clear();
        twos.clear();
    }

    /** The endpoints of all things; what is the same for everybody is filled in. */
    static Stream<Endpoint> endpoints() {
        return Endpoint.describedBy(LAPSE).stream()
                .filter(endpoint -> endpoint.isApi() || endpoint.path().startsWith("/gax/"))
                .filter(endpoint -> !Set.of("DELETE /api/v2/tokens/me", "POST /gax/api/session/logout")
                        .contains(endpoint.toString()))
                .flatMap(endpoint -> Belongings.kindsOf(endpoint).stream());
    }

    static Stream<Endpoint> endpointsWithIds() {
        return endpoints().filter(Endpoint::hasPathParameter);
    }

    static Stream<Endpoint> endpointsToRead() {
        return endpoints().filter(endpoint -> endpoint.method().equals("GET"));
    }

    @ParameterizedTest
    @MethodSource("endpointsWithIds")
    void anothersIdIsAnsweredAsAnIdThatDoesNotExist(Endpoint endpoint) {
        Map<String, String> unknown = new HashMap<>();
        ones.ids().forEach((thing, id) -> unknown.put(thing, unknownLike(id)));
        Map<String, String> before = onesThings(endpoint);
        String body = BODIES.getOrDefault(endpoint.toString(), endpoint.hasBody() ? "{}" : null);

        assertThat(answerFor(endpoint, ones.ids(), body)).isEqualTo(answerFor(endpoint, unknown, body));
        if (endpoint.parameters().size() > 1) {
            assertThat(answerFor(endpoint, lastOf(ones.ids(), endpoint), body))
                    .isEqualTo(answerFor(endpoint, lastOf(unknown, endpoint), body));
        }
        assertThat(onesThings(endpoint)).isEqualTo(before);
        if (MADE_BY_PUT.contains(endpoint.toString())) {
            twos.call("DELETE", endpoint.pathWith(ones.ids()), null).expect(204);
            twos.call("DELETE", endpoint.pathWith(unknown), null).expect(204);
            assertThat(onesThings(endpoint)).isEqualTo(before);
        }
    }

    /** What Two is told, with the id left out; 404, unless Two may use the id for a thing of its own. */
    private static String answerFor(Endpoint endpoint, Map<String, String> ids, @Nullable String body) {
        String path = endpoint.pathWith(ids);
        Answer answer = twos.call(
                endpoint.method(), path, body == null ? null : body.replace("TWOS-CLIENT", twos.id(Belongings.CLIENT)));
        if (!MADE_BY_PUT.contains(endpoint.toString())) {
            answer.expect(404);
        }
        String told = answer.body().replaceAll("\"(contextId|dateRegistered)\":\"[^\"]*\"", "");
        for (String parameter : endpoint.parameters()) {
            told = told.replace(String.valueOf(ids.get(parameter)), "(id)");
        }
        return answer.status() + " " + told;
    }

    /** Two's own things, but for the last. */
    private static Map<String, String> lastOf(Map<String, String> ids, Endpoint endpoint) {
        List<String> parameters = endpoint.parameters();
        Map<String, String> mixed = new HashMap<>(twos.ids());
        String last = parameters.get(parameters.size() - 1);
        mixed.put(last, String.valueOf(ids.get(last)));
        return mixed;
    }

    private static String unknownLike(String id) {
        return id.matches("\\d+")
                ? "999999999"
                : id.startsWith("apart-")
                        ? "apart-" + UUID.randomUUID()
                        : UUID.randomUUID().toString();
    }

    /** What One reads about the thing, and about those that depend on it. */
    private static Map<String, String> onesThings(Endpoint about) {
        String first = about.parameters().get(0);
        return endpointsToRead()
                .filter(Endpoint::hasPathParameter)
                .filter(endpoint -> endpoint.parameters().get(0).equals(first))
                .collect(Collectors.toMap(
                        Endpoint::toString, endpoint -> ones.call("GET", endpoint.pathWith(ones.ids()), null)
                                .expect(200)
                                .body()
                                .replaceAll(USED_MEANWHILE, "")));
    }

    @ParameterizedTest
    @MethodSource("endpointsToRead")
    void nothingOfAnotherIsTold(Endpoint endpoint) {
        assertThat(told.get(endpoint.toString())).isNotNull().doesNotContain(ones.secrets());
    }

    static Stream<Reference> references() {
        return REFERENCES.stream();
    }

    @ParameterizedTest
    @MethodSource("references")
    void anothersIdInAQueryOrABodyIsAnsweredAsAnIdThatDoesNotExist(Reference reference) {
        String id = ones.id(reference.thing);

        String answer = reference.answerFor(id, unknownLike(id));

        assertThat(answer).isEqualTo(reference.answerFor(unknownLike(id), id));
        assertThat(answer).doesNotContain(ones.secrets());
    }

    @Test
    void everyReferenceIsTried() {
        Set<String> tried = REFERENCES.stream().map(Reference::where).collect(Collectors.toSet());

        Set<String> untried = Endpoint.describedBy(LAPSE).stream()
                .flatMap(endpoint -> Stream.concat(endpoint.queryParameters().stream(), endpoint.fields().stream())
                        .filter(place -> REFERENCE.matcher(place).matches())
                        .map(place -> endpoint + " " + place))
                .filter(place -> !tried.contains(place.replaceAll("(\\[])+$", "")))
                .filter(place -> NO_REFERENCES.keySet().stream()
                        .noneMatch(pattern -> pattern.matcher(place).matches()))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(untried)
                .as("query parameters and fields that may hold an id")
                .isEmpty();
    }

    /**
     * A place where something can be named by its id.
     *
     * @param where the endpoint and the query parameter or the field
     * @param thing what is named there, as {@link Belongings} has it
     * @param query the query, with {@code ID} for the id; empty for none
     * @param body the body, with {@code ID} for the id; null for none
     */
    record Reference(
            String where,
            String thing,
            String query,
            @Nullable String body) {
        String answerFor(String id, String other) {
            String[] parts = where.split(" ", -1);
            String template = parts[1];
            Endpoint endpoint = Belongings.kindsOf(new Endpoint(parts[0], template, List.of(), false, List.of(), false))
                    .get(0);
            Answer answer = twos.call(
                    parts[0],
                    endpoint.pathWith(twos.ids()) + query.replace("ID", id),
                    body == null ? null : body.replace("ID", id));
            String told = answer.body().replaceAll("\"(contextId|dateFrom|dateCounted)\":\"[^\"]*\"", "");
            return answer.status() + " " + told.replace(id, "(id)").replace(other, "(id)");
        }

        @Override
        public String toString() {
            return where;
        }
    }

    private static final List<Reference> REFERENCES = List.of(
            inQuery("GET /api/v2/users id", Belongings.USER),
            inQuery("GET /api/v2/groups id", Belongings.GROUP),
            inQuery("GET /api/v2/audits entityId", Belongings.USER),
            inQuery("GET /api/v2/audits actorId", Belongings.USER),
            inQuery("GET /api/v2/audits applicationId", Belongings.CLIENT),
            counted("GET /api/v2/audits/counts applicationId", Belongings.CLIENT),
            inQuery("GET /api/v2/activity/calls applicationId", Belongings.CLIENT),
            inQuery("GET /api/v2/sessions userId", Belongings.USER),
            inQuery("GET /api/v2/sessions applicationId", Belongings.CLIENT),
            inQuery("GET /api/v2/sessions groupId", Belongings.GROUP),
            inBody("POST /api/v2/sessions/end sessionIds", Belongings.SESSION, "{\"sessionIds\":[\"ID\"]}"),
            inBody("POST /api/v2/sessions/lock sessionIds", Belongings.SESSION, "{\"sessionIds\":[\"ID\"]}"),
            new Reference("POST /api/v2/tokens/timeout/preview userId", Belongings.USER, "?userId=ID", "{}"),
            new Reference(
                    "POST /api/v2/tokens/timeout/preview applicationId", Belongings.CLIENT, "?applicationId=ID", "{}"),
            inBody(
                    "POST /api/v2/tokens/timeout/preview inactivityTimeoutGroupBundles[].groups",
                    Belongings.GROUP,
                    "{\"inactivityTimeoutGroupBundles\":[{\"priority\":1,\"timeoutSeconds\":900,\"groups\":[\"ID\"]}]}"),
            inQuery("GET /api/v2/users/{userId}/timeout applicationId", Belongings.CLIENT),
            inQuery("DELETE /api/v2/groups/{groupId}/members ids", Belongings.USER),
            inQuery("DELETE /api/v2/groups/{groupId}/members id", Belongings.USER),
            inBody("POST /api/v2/groups/{groupId}/members memberIds", Belongings.USER, "{\"memberIds\":[\"ID\"]}"),
            inBody(
                    "POST /api/v2/notifications/channels/{channelId}/subscriptions [].id",
                    Belongings.USER,
                    "[{\"id\":\"v2.users.ID.presence\"}]"),
            inBody(
                    "PUT /api/v2/notifications/channels/{channelId}/subscriptions [].id",
                    Belongings.USER,
                    "[{\"id\":\"v2.users.ID.presence\"}]"),
            inBody(
                    "PATCH /api/v2/organizations/authentication/settings multifactorAuthenticationGroups",
                    Belongings.GROUP,
                    "{\"multifactorAuthenticationGroups\":[\"ID\"]}"),
            inBody("PUT /api/v2/users/{subjectId}/roles ", Belongings.ROLE, "[\"ID\"]"),
            inBody(
                    "PUT /api/v2/tokens/timeout inactivityTimeoutGroupBundles[].groups",
                    Belongings.GROUP,
                    "{\"inactivityTimeoutGroupBundles\":[{\"priority\":1,\"timeoutSeconds\":900,\"groups\":[\"ID\"]}]}"),
            inBody(
                    "POST /api/v2/oauth/clients roleIds",
                    Belongings.ROLE,
                    "{\"name\":\"apart\",\"authorizedGrantType\":\"CLIENT-CREDENTIALS\",\"roleIds\":[\"ID\"]}"),
            inBody(
                    "POST /api/v2/oauth/clients roleDivisions[].roleId",
                    Belongings.ROLE,
                    "{\"name\":\"apart\",\"authorizedGrantType\":\"CLIENT-CREDENTIALS\","
                            + "\"roleDivisions\":[{\"roleId\":\"ID\",\"divisionId\":\"*\"}]}"),
            inBody("PUT /api/v2/oauth/clients/{clientId} roleIds", Belongings.ROLE, "{\"roleIds\":[\"ID\"]}"),
            inBody(
                    "PUT /api/v2/oauth/clients/{clientId} roleDivisions[].roleId",
                    Belongings.ROLE,
                    "{\"roleDivisions\":[{\"roleId\":\"ID\",\"divisionId\":\"*\"}]}"),
            inBody(
                    "PUT /api/v2/integrations/clientapps/{id} applicationId",
                    Belongings.CLIENT,
                    Belongings.embedding("apart", "ID")),
            inBody(
                    "POST /api/v2/applications template.dbid",
                    Belongings.TEMPLATE,
                    "{\"name\":\"apart\",\"template\":{\"dbid\":ID}}"),
            inBody(
                    "POST /api/v2/applications template.name",
                    Belongings.DOCUMENT, // the template has the same name
                    "{\"name\":\"apart\",\"template\":{\"name\":\"ID\"}}"),
            inBody(
                    "POST /gax/api/cfg/objects appprototypedbid",
                    Belongings.TEMPLATE,
                    "{\"type\":\"CfgApplication\",\"name\":\"apart\",\"appprototypedbid\":\"ID\"}"),
            inBody(
                    "PUT /gax/api/cfg/objects/{type}/{dbid} appprototypedbid",
                    Belongings.TEMPLATE,
                    "{\"appprototypedbid\":\"ID\"}"));

    private static Reference inQuery(String where, String thing) {
        return new Reference(where, thing, "?" + where.substring(where.lastIndexOf(' ') + 1) + "=ID", null);
    }

    private static Reference counted(String where, String thing) {
        String span = "from=2026-11-21T00:00:00Z&to=2026-11-22T00:00:00Z&intervalSeconds=3600&";
        Reference reference = inQuery(where, thing);
        return new Reference(where, thing, reference.query.replace("?", "?" + span), null);
    }

    private static Reference inBody(String where, String thing, String body) {
        return new Reference(where, thing, "", body);
    }

    /** What the reading of a listing must say. */
    private static final Map<String, String> QUERIES = Map.of(
            "GET /gax/api/cfg/objects", "?type=CfgAppPrototype",
            "GET /api/v2/audits", "?pageSize=500",
            "GET /api/v2/audits/counts", "?from=2026-11-21T00:00:00Z&to=2026-11-22T00:00:00Z&intervalSeconds=3600",
            "GET /api/v2/users", "?pageSize=500&state=any&expand=groups&expand=authorization");

    /** Bodies that would be taken, if the thing were one's own. */
    private static final Map<String, String> BODIES = Map.ofEntries(
            Map.entry("PATCH /api/v2/users/{userId}", "{\"version\":1,\"name\":\"Taken over\"}"),
            Map.entry("POST /api/v2/users/{userId}/password", "{\"newPassword\":\"long enough 4 A!\"}"),
            Map.entry("PUT /api/v2/users/{subjectId}/roles", "[]"),
            Map.entry("POST /api/v2/users/{userId}/holds", "{\"reason\":\"Taken over\"}"),
            Map.entry("PATCH /api/v2/users/{userId}/presences/purecloud", Presences.definition("Meal")),
            Map.entry("PATCH /api/v2/users/{userId}/presences/PURECLOUD", Presences.definition("Meal")),
            Map.entry("PUT /api/v2/users/{userId}/routingstatus", "{\"status\":\"IDLE\"}"),
            Map.entry("POST /api/v2/notifications/channels/{channelId}/subscriptions", "[]"),
            Map.entry("PUT /api/v2/notifications/channels/{channelId}/subscriptions", "[]"),
            Map.entry("PUT /api/v2/groups/{groupId}", "{\"version\":1,\"name\":\"Taken over\"}"),
            Map.entry("POST /api/v2/groups/{groupId}/members", "{\"memberIds\":[]}"),
            Map.entry("PUT /api/v2/authorization/roles/{roleId}", "{\"name\":\"Taken over\"}"),
            Map.entry("PUT /api/v2/oauth/clients/{clientId}", "{\"name\":\"Taken over\"}"),
            Map.entry("PUT /api/v2/applications/{id}", "{\"name\":\"Taken over\"}"),
            Map.entry("PUT /api/v2/integrations/clientapps/{id}", Belongings.embedding("Taken over", "TWOS-CLIENT")),
            Map.entry("PUT /api/v2/apis/documents/{name}", Belongings.document("taken-over")),
            Map.entry("PUT /gax/api/cfg/objects/CfgApplication/{dbid}", "{\"name\":\"Taken over\"}"),
            Map.entry("PUT /gax/api/cfg/objects/CfgAppPrototype/{dbid}", "{\"name\":\"Taken over\"}"));
}
