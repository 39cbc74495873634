package org.lapse.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * What an administrator of the Demo organization changes and reads. Every step takes a fresh token, and another one if
 * that has lapsed before it was used, so that no timeout which was set before stands in the way.
 */
final class Administrator {
    private static final String TIMEOUT = "/api/v2/tokens/timeout";

    private final LapseSystem lapse;

    Administrator(LapseSystem lapse) {
        this.lapse = lapse;
    }

    /** Switches the organization-wide timeout on. */
    void setTimeout(Duration timeout) {
        step(service -> service.put(
                TIMEOUT, "{\"enableIdleTokenTimeout\":true,\"idleTokenTimeoutSeconds\":" + timeout.toSeconds() + "}"));
    }

    /** Switches the group-specific timeouts on: one bundle for each group, the first with the best priority. */
    void setGroupTimeouts(Map<String, Duration> byGroup) {
        ObjectNode change = JsonNodeFactory.instance.objectNode().put("inactivityTimeoutGroupsEnabled", true);
        ArrayNode bundles = change.putArray("inactivityTimeoutGroupBundles");
        byGroup.forEach((group, timeout) -> bundles.addObject()
                .put("priority", bundles.size())
                .put("timeoutSeconds", timeout.toSeconds())
                .putArray("groups")
                .add(group));
        step(service -> service.put(TIMEOUT, change.toString()));
    }

    /** Switches the organization-wide timeout off. */
    void clearTimeout() {
        step(service -> service.put(TIMEOUT, "{\"enableIdleTokenTimeout\":false}"));
    }

    void setHipaa(boolean enabled) {
        step(service -> service.call("PATCH", "/api/v2/organizations/features/hipaa?enabled=" + enabled, null));
    }

    /** Sets an option of the section {@code [security]} of Demo Desk; null takes it away. */
    void setDeskOption(String key, @Nullable String value) {
        setSecurityOption(DemoDesk.ID, key, value);
    }

    /** Sets an option of the section {@code [security]} of an application; null takes it away. */
    void setSecurityOption(String applicationId, String key, @Nullable String value) {
        setOption(applicationId, "security", key, value);
    }

    /** Sets an option of an application; null takes it away. */
    void setOption(String applicationId, String section, String key, @Nullable String value) {
        ObjectNode change = JsonNodeFactory.instance.objectNode();
        change.putObject("options").putObject(section).put(key, value);
        step(service -> service.put("/api/v2/applications/" + applicationId, change.toString()));
    }

    /** Ends all tokens of a user by force. */
    void endSessionsOf(String userId) {
        step(service -> service.delete("/api/v2/tokens/" + userId));
    }

    /** Puts everything back that a test may have set. */
    void restore() {
        step(service -> service.put(
                TIMEOUT,
                "{\"enableIdleTokenTimeout\":false,\"idleTokenTimeoutSeconds\":900,"
                        + "\"inactivityTimeoutGroupsEnabled\":false,\"inactivityTimeoutGroupBundles\":[]}"));
        setHipaa(false);
        for (String application : List.of(DemoDesk.ID, LapseSystem.SERVICE_ID)) {
            setSecurityOption(application, "inactivity-timeout", null);
            setSecurityOption(application, "on-inactivity", null);
        }
    }

    /** What the audit says about a session or another thing, the latest first. */
    List<JsonNode> auditsOf(String entityId) {
        JsonNode page = step(service -> service.get("/api/v2/audits?entityId=" + entityId))
                .json();
        return StreamSupport.stream(page.required("entities").spliterator(), false)
                .toList();
    }

    /** The one audit row about the end of a session; empty while there is none. */
    List<JsonNode> endsOf(TokenHolder holder) {
        return auditsOf(holder.sessionId()).stream()
                .filter(row -> row.required("action").asText().equals("session.end"))
                .toList();
    }

    /** Makes a role of these permissions; returns its id. */
    String createRole(String... permissions) {
        ObjectNode role = JsonNodeFactory.instance.objectNode().put("name", "Role " + UUID.randomUUID());
        List.of(permissions).forEach(role.putArray("permissions")::add);
        return idOf(step(service -> service.post("/api/v2/authorization/roles", role.toString())));
    }

    /** Makes a user with the password of all users of Demo and these roles; returns the id. */
    String createUser(String username, String... roleIds) {
        ObjectNode user = JsonNodeFactory.instance
                .objectNode()
                .put("name", "User " + username)
                .put("email", username)
                .put("password", DemoDesk.PASSWORD);
        String id = idOf(step(service -> service.post("/api/v2/users", user.toString())));
        if (roleIds.length > 0) {
            ArrayNode roles = JsonNodeFactory.instance.arrayNode();
            List.of(roleIds).forEach(roles::add);
            step(service -> service.put("/api/v2/users/" + id + "/roles", roles.toString()));
        }
        return id;
    }

    /** The id of the active user of that name for signing in. */
    String idOf(String username) {
        JsonNode users =
                step(service -> service.get("/api/v2/users?pageSize=500")).json();
        return StreamSupport.stream(users.required("entities").spliterator(), false)
                .filter(user -> user.required("username").asText().equals(username))
                .map(user -> user.required("id").asText())
                .findFirst()
                .orElseThrow(() -> new AssertionError("No user " + username));
    }

    /** Makes a user with a role of these permissions, and signs them in to Demo Desk. */
    TokenHolder userWho(String... permissions) {
        String username = UUID.randomUUID() + "@demo.example";
        createUser(username, createRole(permissions));
        return lapse.signIn(username);
    }

    /** Makes a group with these members; returns its id. */
    String createGroup(String... memberIds) {
        ObjectNode group = JsonNodeFactory.instance
                .objectNode()
                .put("name", "Group " + UUID.randomUUID())
                .put("type", "official")
                .put("visibility", "public")
                .put("rulesVisible", true);
        String id = idOf(step(service -> service.post("/api/v2/groups", group.toString())));
        addMembers(id, memberIds);
        return id;
    }

    /** Takes users into a group. */
    void addMembers(String groupId, String... memberIds) {
        ObjectNode members = JsonNodeFactory.instance.objectNode();
        List.of(memberIds).forEach(members.putArray("memberIds")::add);
        step(service -> service.post("/api/v2/groups/" + groupId + "/members", members.toString()));
    }

    /** Makes an application that acts on its own with these roles; the answer holds its id and its secret. */
    JsonNode createClient(String... roleIds) {
        ObjectNode client = JsonNodeFactory.instance
                .objectNode()
                .put("name", "Client " + UUID.randomUUID())
                .put("authorizedGrantType", "CLIENT-CREDENTIALS");
        List.of(roleIds).forEach(client.putArray("roleIds")::add);
        return step(service -> service.post("/api/v2/oauth/clients", client.toString()))
                .json();
    }

    /**
     * Makes a trusted application that signs people in without a secret and has them back at that address; returns its
     * id.
     */
    String createBrowserClient(String redirectUri) {
        return createBrowserClient(redirectUri, true);
    }

    /** The same, trusted or not; that is registered for what an administrator does to users. */
    String createBrowserClient(String redirectUri, boolean trusted) {
        ObjectNode client = JsonNodeFactory.instance
                .objectNode()
                .put("name", "Client " + UUID.randomUUID())
                .put("authorizedGrantType", "CODE");
        client.put("trusted", trusted).putArray("registeredRedirectUri").add(redirectUri);
        if (!trusted) {
            client.putArray("scope").add("openid").add("directory");
        }
        return idOf(step(service -> service.post("/api/v2/oauth/clients", client.toString())));
    }

    /** Takes a step that succeeds. */
    private Answer step(Function<TokenHolder, Answer> call) {
        Answer answer = call.apply(lapse.service());
        for (int again = 0; again < 5 && answer.status() == 401; again++) {
            answer = call.apply(lapse.service());
        }
        return answer.expect(200);
    }

    private static String idOf(Answer created) {
        return created.json().required("id").asText();
    }
}
