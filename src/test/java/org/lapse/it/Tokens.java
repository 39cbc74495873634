package org.lapse.it;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * What the token endpoint gave.
 *
 * @param access the access token
 * @param refresh the refresh token; null where none was given
 * @param id the ID token; null where none was given
 * @param scope the granted scope; null where the answer does not say
 * @param expiresIn the life of the access token in seconds
 */
record Tokens(
        String access,
        @Nullable String refresh,
        @Nullable String id,
        @Nullable String scope,
        long expiresIn) {

    static Tokens of(Answer answer) {
        JsonNode body = answer.expect(200).json();
        if (!"bearer".equalsIgnoreCase(body.path("token_type").asText())) {
            throw new AssertionError("No bearer token: " + body);
        }
        return new Tokens(
                body.required("access_token").asText(),
                body.path("refresh_token").asText(null),
                body.path("id_token").asText(null),
                body.path("scope").asText(null),
                body.required("expires_in").asLong());
    }

    /** The refresh token, which must have been given. */
    String refreshToken() {
        if (refresh == null) {
            throw new AssertionError("No refresh token was given");
        }
        return refresh;
    }

    /** The ID token, which must have been given. */
    String idToken() {
        if (id == null) {
            throw new AssertionError("No ID token was given");
        }
        return id;
    }
}
