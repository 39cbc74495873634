package org.lapse.access.gate;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.lapse.rules.excludedapi.ApiCall;

/**
 * The call about which a proxy asks.
 *
 * @param api its method and path
 * @param query what stands behind the question mark, as it was sent; null where there is none
 */
record OriginalCall(ApiCall api, @Nullable String query) {
    /**
     * The call of that method and request target.
     *
     * @param method the HTTP method; null where the proxy does not say it
     * @param target the path and perhaps a query; null where the proxy does not say it
     * @throws Refusal where one is missing or cannot be understood
     */
    static OriginalCall of(@Nullable String method, @Nullable String target) {
        if (method == null || method.isEmpty() || target == null || !target.startsWith("/")) {
            throw Refusal.unknownCall();
        }
        if (!isVisibleAscii(method) || !isVisibleAscii(target)) {
            throw Refusal.notAscii();
        }
        int question = target.indexOf('?');
        ApiCall api = ApiCall.ofTarget(method, target).orElseThrow(Refusal::unknownCall);
        return new OriginalCall(api, question < 0 ? null : target.substring(question + 1));
    }

    /** What a request line may hold (RFC 3986 section 2); what else it held, each server would read in its own way. */
    private static boolean isVisibleAscii(String text) {
        for (int at = 0; at < text.length(); at++) {
            char character = text.charAt(at);
            if (character <= ' ' || character > '~') {
                return false;
            }
        }
        return true;
    }

    /**
     * The value of a header of which there is one at the most.
     *
     * @return null where there is none
     * @throws Refusal where there are several: who reads which of them nobody can say
     */
    static @Nullable String header(HttpServletRequest request, String name) {
        var values = request.getHeaders(name);
        if (!values.hasMoreElements()) {
            return null;
        }
        String value = values.nextElement();
        if (values.hasMoreElements()) {
            throw Refusal.repeatedHeader();
        }
        return value;
    }
}
