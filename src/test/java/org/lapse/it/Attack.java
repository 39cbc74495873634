package org.lapse.it;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request that no well-behaved client sends.
 *
 * @param what what is wrong with it
 * @param method the HTTP method
 * @param path path and query, percent-encoded
 * @param headers the headers; {@code Authorization} is the holder's where it is left out, and none where it is empty
 * @param body the body; null for none
 * @param chunked whether the length of the body is not announced
 */
@SuppressWarnings("ArrayRecordComponent") // attacks are never compared
record Attack(
        String what, String method, String path, Map<String, String> headers, byte @Nullable [] body, boolean chunked) {
    private static final String AUTHORIZATION = "Authorization";

    static Attack on(Endpoint endpoint, String what, String path) {
        return new Attack(what, endpoint.method(), path, Map.of(), null, false);
    }

    Attack with(String header, String value) {
        Map<String, String> changed = new LinkedHashMap<>(headers);
        changed.put(header, value);
        return new Attack(what, method, path, changed, body, chunked);
    }

    Attack sending(byte[] sent, String contentType) {
        return new Attack(what, method, path, headers, sent, chunked).with("Content-Type", contentType);
    }

    Attack withoutAnnouncedLength() {
        return new Attack(what, method, path, headers, body, true);
    }

    /** Whether the path holds bytes that servers refuse before they ask any application: NUL, and what is not UTF-8. */
    boolean mayBeRefusedByTheServer() {
        return path.contains("%00") || path.contains("%ff") || path.contains("%c0");
    }

    HttpRequest request(LapseSystem lapse, String accessToken) {
        HttpRequest.Builder request = HttpRequest.newBuilder(lapse.url(path)).method(method, publisher());
        headers.forEach((name, value) -> {
            if (!value.isEmpty()) {
                request.header(name, value);
            }
        });
        if (!headers.containsKey(AUTHORIZATION)) {
            request.header(AUTHORIZATION, "Bearer " + accessToken);
        }
        return request.build();
    }

    private HttpRequest.BodyPublisher publisher() {
        byte[] sent = body;
        if (sent == null) {
            return BodyPublishers.noBody();
        }
        return chunked
                ? BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(sent))
                : BodyPublishers.ofByteArray(sent);
    }

    @Override
    public String toString() {
        return what + ": " + method + " " + (path.length() > 150 ? path.substring(0, 150) + "..." : path);
    }
}
