package org.lapse.sessions.session;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lapse.rules.excludedapi.ApiCall;
import org.lapse.rules.excludedapi.ApiPattern;
import org.lapse.rules.excludedapi.ExcludedApis;

/** A call that says of itself that nobody is behind it. */
public final class BackgroundCall {
    /** The header by which an application says so, with the value {@code 1}. */
    public static final String HEADER = "X-Background-Request";

    /** The vendor's own way to say so, which it has for this call alone. */
    private static final ExcludedApis TOKENS_ME = ExcludedApis.of(List.of(ApiPattern.of("GET api/v2/tokens/me")));

    private static final String PRESERVE = "preserveIdleTTL=";

    private BackgroundCall() {}

    /**
     * Whether the call carries {@code X-Background-Request: 1}, or is the vendor's
     * {@code GET /api/v2/tokens/me?preserveIdleTTL=true}.
     *
     * @param header the value of that header; null where there is none
     * @param query what stands behind the question mark, as it was sent; null where there is none
     */
    public static boolean is(@Nullable String header, ApiCall call, @Nullable String query) {
        return "1".equals(header) || (query != null && TOKENS_ME.contains(call) && preserves(query));
    }

    /** Where it is said more than once, the first time counts. */
    private static boolean preserves(String query) {
        for (String parameter : query.split("&", -1)) {
            if (parameter.startsWith(PRESERVE)) {
                return parameter.equals(PRESERVE + "true");
            }
        }
        return false;
    }
}
