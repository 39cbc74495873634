package org.lapse.organizations.application;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lapse.middle.LapseInJavaSE;
import org.lapse.platform.api.Caller;

/** Applications as administrators register them. */
public final class Registered {
    private Registered() {}

    /** An application with another trust and other scopes; not stored. */
    public static Application with(Application application, boolean trusted, String... scopes) {
        application.trust(trusted);
        application.setScopes(Set.of(scopes));
        return application;
    }

    /** A client that signs people in with its secret and without PKCE; not stored. */
    public static Application withoutProofKey(UUID organizationId, String redirectUri, Instant now) {
        Application client =
                Application.client(organizationId, "Old", AuthorizedGrantType.CODE, new ClientSecret("s"), null, now);
        client.setRedirectUris(Set.of(redirectUri), now);
        client.requireSecret(true);
        client.requireProofKey(false);
        return client;
    }

    /** A client that signs people in; answers its id. */
    public static String codeClient(
            LapseInJavaSE lapse, Caller by, @Nullable Boolean trusted, String redirectUri, String... scopes) {
        return lapse.get(OAuthClients.class)
                .create(
                        by,
                        change(UUID.randomUUID().toString(), "CODE", trusted, List.of(redirectUri), scopes),
                        lapse.clock().now())
                .id();
    }

    /** A trusted client that signs people in and must give its secret. */
    public static WithSecret confidentialClient(LapseInJavaSE lapse, Caller by, String redirectUri) {
        return WithSecret.of(lapse.get(OAuthClients.class)
                .create(
                        by,
                        new OAuthClientChange(
                                UUID.randomUUID().toString(),
                                null,
                                null,
                                List.of(redirectUri),
                                null,
                                null,
                                null,
                                "CODE",
                                null,
                                true,
                                true,
                                null,
                                null,
                                null),
                        lapse.clock().now()));
    }

    /** A client that acts on its own, and may do nothing in particular. */
    public static WithSecret serviceClient(LapseInJavaSE lapse, Caller by) {
        return WithSecret.of(lapse.get(OAuthClients.class)
                .create(
                        by,
                        change(UUID.randomUUID().toString(), "CLIENT-CREDENTIALS", null, null),
                        lapse.clock().now()));
    }

    /**
     * A client and its secret.
     *
     * @param id the {@code client_id}
     * @param secret the secret itself
     */
    public record WithSecret(String id, String secret) {
        private static WithSecret of(OAuthClientBody body) {
            return new WithSecret(body.id(), Objects.requireNonNull(body.secret()));
        }
    }

    /** Has people sent to these addresses alone. */
    public static void sendBack(LapseInJavaSE lapse, Caller by, String clientId, String... redirectUris) {
        lapse.get(OAuthClients.class)
                .change(
                        by,
                        clientId,
                        change(null, null, null, List.of(redirectUris)),
                        lapse.clock().now());
    }

    /** Trusts a client, or no longer, and registers it for scopes. */
    public static void trust(LapseInJavaSE lapse, Caller by, String clientId, boolean trusted, String... scopes) {
        lapse.get(OAuthClients.class)
                .change(
                        by,
                        clientId,
                        change(null, null, trusted, null, scopes),
                        lapse.clock().now());
    }

    /** Renames a client. */
    public static void rename(LapseInJavaSE lapse, Caller by, String clientId, String name) {
        lapse.get(OAuthClients.class)
                .change(
                        by,
                        clientId,
                        change(name, null, null, null),
                        lapse.clock().now());
    }

    /** Has a client hear of ended sessions at an address; the empty one is none. */
    public static void hearOfLogouts(LapseInJavaSE lapse, Caller by, String clientId, String address) {
        OAuthClientChange change = new OAuthClientChange(
                null, null, null, null, address, null, null, null, null, null, null, null, null, null);
        lapse.get(OAuthClients.class).change(by, clientId, change, lapse.clock().now());
    }

    /** Replaces the secret of a client. */
    public static void replaceSecret(LapseInJavaSE lapse, Caller by, String clientId) {
        lapse.get(OAuthClients.class).replaceSecret(by, clientId, lapse.clock().now());
    }

    private static OAuthClientChange change(
            @Nullable String name,
            @Nullable String grantType,
            @Nullable Boolean trusted,
            @Nullable List<@Nullable String> redirectUris,
            String... scopes) {
        return new OAuthClientChange(
                name,
                null,
                null,
                redirectUris,
                null,
                null,
                null,
                grantType,
                scopes.length == 0 ? null : Arrays.asList(scopes),
                trusted,
                null,
                null,
                null,
                null);
    }
}
