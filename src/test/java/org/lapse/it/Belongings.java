package org.lapse.it;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * At least one of everything that an organization can have, made by its administrator.
 *
 * @param administrator a person who may do everything in the organization
 * @param framework the same person at {@code /gax/api}
 * @param name a word that stands in the name of everything and in every free text
 * @param ids the id of each thing, by the path at which it is found: a parameter as {@link Endpoint#parameters()}
 *     writes it
 * @param secrets what nobody outside of the organization may ever read: every id that is unique in the world, and the
 *     name
 */
record Belongings(
        TokenHolder administrator,
        FrameworkAdministrator framework,
        String name,
        Map<String, String> ids,
        List<String> secrets) {
    static final String USER = "/api/v2/users/{}";
    static final String HOLD = "/api/v2/users/{}/holds/{}";
    static final String GROUP = "/api/v2/groups/{}";
    static final String ROLE = "/api/v2/authorization/roles/{}";
    static final String CLIENT = "/api/v2/oauth/clients/{}";
    static final String APPLICATION = "/api/v2/applications/{}";
    static final String CLIENT_APP = "/api/v2/integrations/clientapps/{}";
    static final String DOCUMENT = "/api/v2/apis/documents/{}";
    static final String AUDIT = "/api/v2/audits/{}";
    static final String SESSION = "/api/v2/sessions/{}";
    static final String CHANNEL = "/api/v2/notifications/channels/{}";
    static final String FRAMEWORK_APPLICATION = "/gax/api/cfg/objects/CfgApplication/{}";
    static final String TEMPLATE = "/gax/api/cfg/objects/CfgAppPrototype/{}";

    /** Parameters whose values are the same in every organization. */
    private static final Map<String, List<String>> OF_EVERYBODY = Map.of(
            "/gax/api/cfg/objects/{}", List.of("CfgApplication", "CfgAppPrototype"),
            "/api/v2/users/{}/presences/{}", List.of("PURECLOUD"),
            "/api/v2/presence/definitions/{}", List.of("31fe3bac-dea6-44b7-bed7-47f91660a1a0"),
            "/api/v2/organizations/features/{}", List.of("hipaa"),
            "/api/v2/oauth/scopes/{}", List.of("openid"));

    /** The endpoint for each value of the parameter that is the same in every organization, if it has one. */
    static List<Endpoint> kindsOf(Endpoint endpoint) {
        return endpoint.parameters().stream()
                .filter(OF_EVERYBODY::containsKey)
                .findFirst()
                .map(parameter -> OF_EVERYBODY.getOrDefault(parameter, List.of()).stream()
                        .map(value -> endpoint.at(parameter, value))
                        .toList())
                .orElseGet(() -> List.of(endpoint));
    }

    /** What an OpenAPI document of that name says. */
    static String document(String name) {
        return "{\"openapi\":\"3.0.3\",\"paths\":{\"/" + name + "/contacts\":{\"get\":{}}}}";
    }

    /** How an application is embedded. */
    static String embedding(String name, String applicationId) {
        return "{\"name\":\"" + name + "\",\"applicationId\":\"" + applicationId
                + "\",\"url\":\"https://apart.example/\"}";
    }

    /** Those of the organization Demo. */
    static Belongings ofDemo(LapseSystem lapse) {
        return of(lapse.signIn("admin@demo.example"), FrameworkAdministrator.loggedIn(lapse));
    }

    /** Those of the organization Demo Two. */
    static Belongings ofDemoTwo(LapseSystem lapse) {
        return of(
                DemoDesk.ofDemoTwo(lapse).signIn("admin@two.example"),
                FrameworkAdministrator.loggedIn(lapse, "admin@two.example"));
    }

    private static Belongings of(TokenHolder administrator, FrameworkAdministrator framework) {
        String name = "apart-" + UUID.randomUUID();
        Map<String, String> ids = new HashMap<>();
        makeDirectory(administrator, name, ids);
        makeApplications(administrator, framework, name, ids);
        makeWork(administrator, name, ids);
        List<String> secrets = new ArrayList<>(
                ids.values().stream().filter(id -> id.length() >= 36).distinct().toList());
        JsonNode organization =
                administrator.get("/api/v2/organizations/me").expect(200).json();
        secrets.addAll(List.of(
                name,
                administrator.userId(),
                administrator.sessionId(),
                organization.required("id").asText()));
        return new Belongings(administrator, framework, name, Map.copyOf(ids), List.copyOf(secrets));
    }

    private static void makeDirectory(TokenHolder administrator, String name, Map<String, String> ids) {
        String user = made(administrator.post(
                "/api/v2/users",
                "{\"name\":\"" + name + "\",\"email\":\"" + name + "@apart.example\",\"password\":\""
                        + DemoDesk.PASSWORD + "\"}"));
        String role = made(administrator.post(
                "/api/v2/authorization/roles", "{\"name\":\"" + name + "\",\"permissions\":[\"audits:audit:view\"]}"));
        String group = made(administrator.post(
                "/api/v2/groups",
                "{\"name\":\"" + name + "\",\"type\":\"official\",\"visibility\":\"public\",\"rulesVisible\":true}"));
        administrator
                .post("/api/v2/groups/" + group + "/members", "{\"memberIds\":[\"" + user + "\"]}")
                .expect(200);
        administrator
                .put("/api/v2/users/" + user + "/roles", "[\"" + role + "\"]")
                .expect(200);
        ids.put(USER, user);
        ids.put("/api/v2/apps/users/{}", user);
        ids.put("/api/v2/tokens/{}", user);
        ids.put(ROLE, role);
        ids.put(GROUP, group);
    }

    private static void makeApplications(
            TokenHolder administrator, FrameworkAdministrator framework, String name, Map<String, String> ids) {
        String client = made(administrator.post(
                "/api/v2/oauth/clients",
                "{\"name\":\"" + name + "-client\",\"authorizedGrantType\":\"CLIENT-CREDENTIALS\",\"roleIds\":[\""
                        + ids.get(ROLE) + "\"]}"));
        String site = made(administrator.post(
                "/api/v2/oauth/clients",
                "{\"name\":\"" + name + "-site\",\"authorizedGrantType\":\"CODE\",\"registeredRedirectUri\":["
                        + "\"https://apart.example/\"],\"backchannelLogoutUri\":\"https://apart.example/logout\"}"));
        JsonNode template = framework.make("CfgAppPrototype", name, Map.of("subtype", "157", "version", "8.5"));
        String templateDbid = template.required("dbid").asText();
        JsonNode application = framework.make("CfgApplication", name, Map.of("appprototypedbid", templateDbid));
        String clientApp = UUID.randomUUID().toString();
        administrator
                .put("/api/v2/integrations/clientapps/" + clientApp, embedding(name, client))
                .expect(200);
        administrator.put("/api/v2/apis/documents/" + name, document(name)).expect(200);
        ids.put(CLIENT, client);
        ids.put("/api/v2/users/me/consents/{}", client);
        ids.put("/api/v2/users/me/authenticators/passkeys/{}", ids.get(USER)); // nobody's: it would be asked for
        ids.put("/api/v2/deliveries/receivers/{}", site);
        ids.put(APPLICATION, client);
        ids.put(TEMPLATE, templateDbid);
        ids.put(FRAMEWORK_APPLICATION, application.required("dbid").asText());
        ids.put(CLIENT_APP, clientApp);
        ids.put(DOCUMENT, name);
    }

    private static void makeWork(TokenHolder administrator, String name, Map<String, String> ids) {
        JsonNode audits = administrator
                .get("/api/v2/audits?entityId=" + ids.get(USER))
                .expect(200)
                .json();
        ids.put(AUDIT, audits.at("/entities/0/id").asText());
        String reason = "{\"reason\":\"" + name + "\"}";
        String user = "/api/v2/users/" + ids.get(USER);
        ids.put(HOLD, made(administrator.post(user + "/holds", reason)));
        ids.put(SESSION, administrator.sessionId());
        ids.put("/api/v2/users/me/sessions/{}", administrator.sessionId());
        ids.put("/api/v2/tokens/me/holds/{}", made(administrator.post("/api/v2/tokens/me/holds", reason)));
        ids.put(CHANNEL, Channel.openedBy(administrator).id());
        administrator
                .call("PATCH", user + "/presences/purecloud", Presences.definition("Busy"))
                .expect(200);
        administrator
                .post("/api/v2/diagnostics/trace", "{\"text\":\"" + name + "\"}")
                .expect(204);
        administrator
                .post("/api/v2/diagnostics/newrelic/insights", "{\"text\":\"" + name + "\"}")
                .expect(204);
        administrator
                .put("/api/v2/tokens/me/state", "{\"text\":\"" + name + "\"}")
                .expect(200);
        administrator
                .put(
                        "/api/v2/tokens/timeout",
                        "{\"inactivityTimeoutGroupBundles\":[{\"priority\":1,\"timeoutSeconds\":900,\"groups\":[\""
                                + ids.get(GROUP) + "\"]}]}")
                .expect(200);
        administrator
                .call(
                        "PATCH",
                        "/api/v2/organizations/authentication/settings",
                        "{\"inactivityTimeoutExclusions\":[\"api/v2/" + name + "\"]}")
                .expect(200);
    }

    private static String made(Answer answer) {
        return answer.expect(200).json().required("id").asText();
    }

    /** The same in the hands of another administrator. */
    Belongings by(TokenHolder another) {
        return new Belongings(another, framework, name, ids, secrets);
    }

    /** Takes back what other tests would notice. */
    void clear() {
        administrator
                .put("/api/v2/tokens/timeout", "{\"inactivityTimeoutGroupBundles\":[]}")
                .expect(200);
        administrator
                .call("PATCH", "/api/v2/organizations/authentication/settings", "{\"inactivityTimeoutExclusions\":[]}")
                .expect(200);
        for (String thing : List.of(CLIENT_APP, DOCUMENT)) {
            administrator.delete(thing.replace("{}", id(thing))).expect(204);
        }
        for (String thing : List.of(CLIENT, USER, GROUP, ROLE)) {
            administrator.delete(thing.replace("{}", id(thing))).expect(200);
        }
        for (String thing : List.of(FRAMEWORK_APPLICATION, TEMPLATE)) {
            framework.delete(thing.replace("{}", id(thing))).expect(204);
        }
    }

    String id(String thing) {
        String id = ids.get(thing);
        if (id == null) {
            throw new AssertionError("No fixture for " + thing);
        }
        return id;
    }

    /** The administrator's call of an endpoint, with a body where the endpoint reads one. */
    Answer call(String method, String path, @Nullable String body) {
        return path.startsWith("/gax/")
                ? framework.call(
                        method, path, body, body == null ? Map.of() : Map.of("Content-Type", "application/json"))
                : administrator.call(method, path, body);
    }
}
