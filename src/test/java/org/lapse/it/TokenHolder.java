package org.lapse.it;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.text.ParseException;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Somebody with an access token, and the calls that they make. */
record TokenHolder(LapseSystem lapse, Tokens tokens) {
    private static final Map<String, String> IN_BACKGROUND = Map.of("X-Background-Request", "1");

    String accessToken() {
        return tokens.access();
    }

    Answer get(String path) {
        return call("GET", path, null);
    }

    Answer put(String path, String json) {
        return call("PUT", path, json);
    }

    Answer post(String path, String json) {
        return call("POST", path, json);
    }

    Answer delete(String path) {
        return call("DELETE", path, null);
    }

    Answer call(String method, String path, @Nullable String json) {
        return call(method, path, json, Map.of());
    }

    /** What the gate answers about a GET of a service, asked as nginx asks. */
    Answer atTheGate(String target) {
        return call("GET", "/gate/nginx", null, Map.of("X-Original-Method", "GET", "X-Original-URI", target));
    }

    /** A call of which the application says that nobody is behind it. */
    Answer inBackground(String method, String path) {
        return call(method, path, null, IN_BACKGROUND);
    }

    /** A call that is not sent yet. */
    HttpRequest request(String method, String path) {
        return request(method, path, null, Map.of());
    }

    /** A call with further headers. */
    Answer call(String method, String path, @Nullable String json, Map<String, String> headers) {
        return lapse.answerTo(request(method, path, json, headers));
    }

    private HttpRequest request(String method, String path, @Nullable String json, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(lapse.url(path))
                .header("Authorization", "Bearer " + accessToken())
                .method(method, json == null ? BodyPublishers.noBody() : BodyPublishers.ofString(json));
        if (json != null) {
            request.header("Content-Type", "application/json");
        }
        headers.forEach(request::header);
        return request.build();
    }

    /** A call that counts as activity: an ordinary one. */
    Answer use() {
        return get("/api/v2/tokens/me");
    }

    /** The heartbeat. */
    Answer beat() {
        return post("/api/v2/tokens/me/activity", "");
    }

    /** Looks at the time left without being activity. */
    Answer look() {
        return inBackground("POST", "/api/v2/tokens/me/activity");
    }

    /** When the session ends or locks if nothing happens; asking is no activity. */
    Instant deadline() {
        return Instant.parse(look().expect(200).json().required("deadline").asText());
    }

    /** The id of the session: the claim {@code sid}. */
    String sessionId() {
        return String.valueOf(claims().getClaim("sid"));
    }

    /** The user's id: the claim {@code sub}. */
    String userId() {
        return claims().getSubject();
    }

    /** The claims of the access token. */
    JWTClaimsSet claims() {
        try {
            return SignedJWT.parse(accessToken()).getJWTClaimsSet();
        } catch (ParseException e) {
            throw new AssertionError("The access token is no JWT", e);
        }
    }
}
