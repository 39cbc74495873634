package org.lapse.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * What an administrator of the Demo organization changes and reads. Every step takes a fresh token, so that no timeout which
 * was set before stands in the way.
 */
final class Administrator {
    private static final String TIMEOUT = "/api/v2/tokens/timeout";

    private final LapseSystem lapse;

    Administrator(LapseSystem lapse) {
        this.lapse = lapse;
    }

    /** Switches the organization-wide timeout on. */
    void setTimeout(Duration timeout) {
        lapse.service()
                .put(
                        TIMEOUT,
                        "{\"enableIdleTokenTimeout\":true,\"idleTokenTimeoutSeconds\":" + timeout.toSeconds() + "}")
                .expect(200);
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
        lapse.service().put(TIMEOUT, change.toString()).expect(200);
    }

    /** Switches the organization-wide timeout off. */
    void clearTimeout() {
        lapse.service().put(TIMEOUT, "{\"enableIdleTokenTimeout\":false}").expect(200);
    }

    void setHipaa(boolean enabled) {
        lapse.service()
                .call("PATCH", "/api/v2/organizations/features/hipaa?enabled=" + enabled, null)
                .expect(200);
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
        lapse.service()
                .put("/api/v2/applications/" + applicationId, change.toString())
                .expect(200);
    }

    /** Ends all tokens of a user by force. */
    void endSessionsOf(String userId) {
        lapse.service().delete("/api/v2/tokens/" + userId).expect(200);
    }

    /** Puts everything back that a test may have set. */
    void restore() {
        lapse.service()
                .put(
                        TIMEOUT,
                        "{\"enableIdleTokenTimeout\":false,\"idleTokenTimeoutSeconds\":900,"
                                + "\"inactivityTimeoutGroupsEnabled\":false,\"inactivityTimeoutGroupBundles\":[]}")
                .expect(200);
        setHipaa(false);
        for (String application : List.of(DemoDesk.ID, LapseSystem.SERVICE_ID)) {
            setSecurityOption(application, "inactivity-timeout", null);
            setSecurityOption(application, "on-inactivity", null);
        }
    }

    /** What the audit says about a session or another thing, the latest first. */
    List<JsonNode> auditsOf(String entityId) {
        JsonNode page = lapse.service()
                .get("/api/v2/audits?entityId=" + entityId)
                .expect(200)
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
        return idOf(lapse.service().post("/api/v2/authorization/roles", role.toString()));
    }

    /** Makes a user with the password of all users of Demo and these roles; returns the id. */
    String createUser(String username, String... roleIds) {
        ObjectNode user = JsonNodeFactory.instance
                .objectNode()
                .put("name", "User " + username)
                .put("email", username)
                .put("password", DemoDesk.PASSWORD);
        String id = idOf(lapse.service().post("/api/v2/users", user.toString()));
        if (roleIds.length > 0) {
            ArrayNode roles = JsonNodeFactory.instance.arrayNode();
            List.of(roleIds).forEach(roles::add);
            lapse.service()
                    .put("/api/v2/users/" + id + "/roles", roles.toString())
                    .expect(200);
        }
        return id;
    }

    /** The id of the active user of that name for signing in. */
    String idOf(String username) {
        JsonNode users =
                lapse.service().get("/api/v2/users?pageSize=500").expect(200).json();
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
        String id = idOf(lapse.service().post("/api/v2/groups", group.toString()));
        addMembers(id, memberIds);
        return id;
    }

    /** Takes users into a group. */
    void addMembers(String groupId, String... memberIds) {
        ObjectNode members = JsonNodeFactory.instance.objectNode();
        List.of(memberIds).forEach(members.putArray("memberIds")::add);
        lapse.service()
                .post("/api/v2/groups/" + groupId + "/members", members.toString())
                .expect(200);
    }

    /** Makes an application that acts on its own with these roles; the answer holds its id and its secret. */
    JsonNode createClient(String... roleIds) {
        ObjectNode client = JsonNodeFactory.instance
                .objectNode()
                .put("name", "Client " + UUID.randomUUID())
                .put("authorizedGrantType", "CLIENT-CREDENTIALS");
        List.of(roleIds).forEach(client.putArray("roleIds")::add);
        return lapse.service()
                .post("/api/v2/oauth/clients", client.toString())
                .expect(200)
                .json();
    }

    private static String idOf(Answer created) {
        return created.expect(200).json().required("id").asText();
    }
}
