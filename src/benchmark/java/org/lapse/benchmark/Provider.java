package org.lapse.benchmark;

import java.net.URI;

/**
 * Something that gives tokens: Lapse or Keycloak.
 *
 * @param name what it is called in the figures
 * @param authorization the path of the authorization endpoint
 * @param token the path of the token endpoint
 * @param service the header of a client that acts on its own
 * @param desk the {@code client_id} of a public client that signs people in
 * @param redirectUri one of that client's
 * @param usernames of the people who sign in, as a format of their number
 */
record Provider(
        String name,
        URI server,
        String authorization,
        String token,
        String service,
        String desk,
        String redirectUri,
        String usernames,
        String password) {

    /** Lapse with its demonstration, in which no inactivity timeout applies, so that there are refresh tokens. */
    static Provider of(String name, Server lapse) {
        return new Provider(
                name,
                lapse.url(),
                "/oauth/authorize",
                "/oauth/token",
                Server.CLIENT,
                "demo-desk",
                lapse.url() + "/demo/",
                "visitor%d@demo.example",
                "demo-Passw0rd!");
    }

    /** Keycloak, whose realm has the same people. */
    static Provider of(Keycloak keycloak) {
        String path = keycloak.realm().getPath() + "/protocol/openid-connect/";
        return new Provider(
                "Keycloak",
                keycloak.realm().resolve("/"),
                path + "auth",
                path + "token",
                Http.basic("service", "service-secret"),
                "desk",
                "http://localhost/desk/",
                "visitor%d",
                "peer-Passw0rd!");
    }
}
