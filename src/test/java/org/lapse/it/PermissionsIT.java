package org.lapse.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lapse.it.AnswerAssert.assertThat;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lapse.platform.api.RequiresPermission;

/**
 * Who lacks a permission is refused, before the request is looked at any further. The endpoints come from the server's
 * own OpenAPI document, and what each needs from its resource method; one that needs nothing stands here with the
 * reason.
 */
@OnServer
class PermissionsIT {
    private static final String ABOUT_THE_CALLER = "about the caller or the caller's own token";
    private static final String FOR_EVERYBODY = "everybody who works in the organization reads it";
    private static final String SAME_EVERYWHERE = "the same in every organization";

    private static final Map<String, String> WITHOUT_PERMISSION = Map.ofEntries(
            Map.entry("GET /api/v2/tokens/me", ABOUT_THE_CALLER),
            Map.entry("HEAD /api/v2/tokens/me", ABOUT_THE_CALLER),
            Map.entry("DELETE /api/v2/tokens/me", ABOUT_THE_CALLER),
            Map.entry("POST /api/v2/tokens/me/activity", ABOUT_THE_CALLER),
            Map.entry("GET /api/v2/tokens/me/holds", ABOUT_THE_CALLER),
            Map.entry("POST /api/v2/tokens/me/holds", ABOUT_THE_CALLER),
            Map.entry("DELETE /api/v2/tokens/me/holds", ABOUT_THE_CALLER),
            Map.entry("DELETE /api/v2/tokens/me/holds/{holdId}", ABOUT_THE_CALLER),
            Map.entry("GET /api/v2/tokens/me/state", ABOUT_THE_CALLER),
            Map.entry("PUT /api/v2/tokens/me/state", ABOUT_THE_CALLER),
            Map.entry("DELETE /api/v2/tokens/me/state", ABOUT_THE_CALLER),
            Map.entry("POST /api/v2/relogin", ABOUT_THE_CALLER),
            Map.entry("POST /api/v2/relogin/token", ABOUT_THE_CALLER),
            Map.entry("POST /api/v2/relogin/passkey", ABOUT_THE_CALLER),
            Map.entry("POST /api/v2/relogin/passkey/options", ABOUT_THE_CALLER),
            Map.entry("POST /api/v2/relogin/cancel", ABOUT_THE_CALLER),
            Map.entry("POST /api/v2/diagnostics/trace", ABOUT_THE_CALLER),
            Map.entry("POST /api/v2/diagnostics/newrelic/insights", ABOUT_THE_CALLER),
            Map.entry("GET /api/v2/users/me", ABOUT_THE_CALLER),
            Map.entry("POST /api/v2/users/me/password", ABOUT_THE_CALLER),
            Map.entry("GET /api/v2/users/me/consents", ABOUT_THE_CALLER),
            Map.entry("DELETE /api/v2/users/me/consents/{clientId}", ABOUT_THE_CALLER),
            Map.entry("GET /api/v2/users/me/sessions", ABOUT_THE_CALLER),
            Map.entry("DELETE /api/v2/users/me/sessions", ABOUT_THE_CALLER),
            Map.entry("GET /api/v2/users/me/sessions/{sessionId}", ABOUT_THE_CALLER),
            Map.entry("DELETE /api/v2/users/me/sessions/{sessionId}", ABOUT_THE_CALLER),
            Map.entry("GET /api/v2/users/me/authenticators", ABOUT_THE_CALLER),
            Map.entry("POST /api/v2/users/me/authenticators/passkeys/options", ABOUT_THE_CALLER),
            Map.entry("POST /api/v2/users/me/authenticators/passkeys", ABOUT_THE_CALLER),
            Map.entry("PATCH /api/v2/users/me/authenticators/passkeys/{passkeyId}", ABOUT_THE_CALLER),
            Map.entry("DELETE /api/v2/users/me/authenticators/passkeys/{passkeyId}", ABOUT_THE_CALLER),
            Map.entry("POST /api/v2/users/me/authenticators/totp", ABOUT_THE_CALLER),
            Map.entry("POST /api/v2/users/me/authenticators/totp/confirmation", ABOUT_THE_CALLER),
            Map.entry("DELETE /api/v2/users/me/authenticators/totp", ABOUT_THE_CALLER),
            Map.entry("POST /api/v2/users/me/authenticators/recovery-codes", ABOUT_THE_CALLER),
            Map.entry("GET /api/v2/notifications/channels", ABOUT_THE_CALLER),
            Map.entry("POST /api/v2/notifications/channels", ABOUT_THE_CALLER),
            Map.entry("HEAD /api/v2/notifications/channels/{channelId}", ABOUT_THE_CALLER),
            Map.entry("GET /api/v2/notifications/channels/{channelId}/subscriptions", ABOUT_THE_CALLER),
            Map.entry("POST /api/v2/notifications/channels/{channelId}/subscriptions", ABOUT_THE_CALLER),
            Map.entry("PUT /api/v2/notifications/channels/{channelId}/subscriptions", ABOUT_THE_CALLER),
            Map.entry("DELETE /api/v2/notifications/channels/{channelId}/subscriptions", ABOUT_THE_CALLER),
            Map.entry("GET /api/v2/tokens/timeout", FOR_EVERYBODY),
            Map.entry("GET /api/v2/organizations/me", FOR_EVERYBODY),
            Map.entry("GET /api/v2/featuretoggles", FOR_EVERYBODY),
            Map.entry("GET /api/v2/groups", FOR_EVERYBODY),
            Map.entry("GET /api/v2/groups/{groupId}", FOR_EVERYBODY),
            Map.entry("GET /api/v2/integrations/clientapps", FOR_EVERYBODY),
            Map.entry("GET /api/v2/users/{userId}/presences/purecloud", FOR_EVERYBODY),
            Map.entry("GET /api/v2/users/{userId}/presences/{sourceId}", FOR_EVERYBODY),
            Map.entry("GET /api/v2/users/{userId}/routingstatus", FOR_EVERYBODY),
            Map.entry("GET /api/v2/notifications/availabletopics", SAME_EVERYWHERE),
            Map.entry("GET /api/v2/oauth/scopes", SAME_EVERYWHERE),
            Map.entry("GET /api/v2/oauth/scopes/{scopeId}", SAME_EVERYWHERE),
            Map.entry("GET /api/v2/presence/definitions", SAME_EVERYWHERE),
            Map.entry("GET /api/v2/presence/definitions/{definitionId}", SAME_EVERYWHERE),
            Map.entry("GET /api/v2/systempresences", SAME_EVERYWHERE));

    /** What everybody may do to themselves, and what one needs for anybody else. */
    private static final Map<String, String> FOR_OTHERS = Map.of(
            "GET /api/v2/users/{userId}/timeout", "directory:user:view",
            "GET /api/v2/users/{userId}/timeline", "audits:audit:view",
            "GET /api/v2/sessions/{sessionId}/timeline", "audits:audit:view",
            "PATCH /api/v2/users/{userId}/presences/purecloud", "presence:userPresence:edit",
            "PATCH /api/v2/users/{userId}/presences/{sourceId}", "presence:userPresence:edit",
            "PUT /api/v2/users/{userId}/routingstatus", "routing:userStatus:edit");

    private static final String SOMEBODY_ELSE = "6f0d0f61-5f0e-4a53-9c35-2f1f1f7ad5a3";

    private static final Map<String, Method> METHODS = ResourceMethods.byEndpoint();

    @SuppressWarnings("NullAway.Init")
    private static TokenHolder alice;

    private final LapseSystem lapse = LapseSystem.ofSuite();

    @BeforeAll
    static void somebodyWithoutPermissionsSignsIn() {
        alice = LapseSystem.ofSuite().signIn("alice@demo.example");
    }

    static Stream<Endpoint> endpoints() {
        return Endpoint.describedBy(LapseSystem.ofSuite()).stream().filter(Endpoint::isApi);
    }

    static Stream<Endpoint> endpointsThatNeedAPermission() {
        return endpoints().filter(PermissionsIT::isDeclared);
    }

    static Stream<Endpoint> endpointsThatNeedAPermissionForOthers() {
        return endpoints().filter(endpoint -> FOR_OTHERS.containsKey(endpoint.toString()));
    }

    @ParameterizedTest
    @MethodSource("endpointsThatNeedAPermission")
    void whatNeedsAPermissionIsRefusedToWhoLacksIt(Endpoint endpoint) {
        Answer answer = alice.call(
                endpoint.method(), endpoint.pathWith(SOMEBODY_ELSE), endpoint.hasBody() ? "{ nobody reads this" : null);

        isRefusedFor(answer, declared(endpoint).value().wireName());
    }

    @ParameterizedTest
    @MethodSource("endpointsThatNeedAPermissionForOthers")
    void whatIsFreeForOneselfNeedsAPermissionForOthers(Endpoint endpoint) {
        String path = endpoint.path()
                .replace("{userId}", SOMEBODY_ELSE)
                .replace("{sessionId}", SOMEBODY_ELSE)
                .replace("{sourceId}", "PURECLOUD");

        Answer answer = alice.call(endpoint.method(), path, endpoint.hasBody() ? "{}" : null);

        isRefusedFor(answer, String.valueOf(FOR_OTHERS.get(endpoint.toString())));
    }

    private static void isRefusedFor(Answer answer, String permission) {
        assertThat(answer).isRefused(403, "missing.permissions");
        assertThat(answer.json().required("message").asText()).contains(permission);
    }

    @ParameterizedTest
    @MethodSource("endpoints")
    void endpointNeedsAPermissionUnlessThereIsAReason(Endpoint endpoint) {
        assertThat(isDeclared(endpoint)
                        ^ WITHOUT_PERMISSION.containsKey(endpoint.toString())
                        ^ FOR_OTHERS.containsKey(endpoint.toString()))
                .as("%s has either @RequiresPermission or a reason in this test", endpoint)
                .isTrue();
    }

    @Test
    void reasonsAreOfEndpointsThatExist() {
        assertThat(METHODS).containsKeys(WITHOUT_PERMISSION.keySet().toArray(String[]::new));
        assertThat(METHODS).containsKeys(FOR_OTHERS.keySet().toArray(String[]::new));
    }

    private static boolean isDeclared(Endpoint endpoint) {
        return method(endpoint).isAnnotationPresent(RequiresPermission.class);
    }

    private static RequiresPermission declared(Endpoint endpoint) {
        return method(endpoint).getAnnotation(RequiresPermission.class);
    }

    private static Method method(Endpoint endpoint) {
        return Objects.requireNonNull(METHODS.get(endpoint.toString()), () -> "No resource method is " + endpoint);
    }

    @Test
    void administratorIsAPersonWhoMayDoEverything() {
        TokenHolder admin = lapse.signIn("admin@demo.example");

        admin.get("/api/v2/audits").expect(200);
        admin.get("/api/v2/applications/demo-desk").expect(200);
        admin.put("/api/v2/tokens/timeout", "{}").expect(200);
    }
}
