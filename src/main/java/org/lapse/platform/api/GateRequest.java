package org.lapse.platform.api;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;

/**
 * A request for the gate, which proxies send before they let a call pass. It is answered with as little work as
 * possible, so the filters that are there for everything else let it go on at once.
 */
public final class GateRequest {
    private static final String ROOT = "/gate/";

    /** Where the gate's servlets are; what leads nowhere has other paths. */
    private static final Set<String> SERVED = Set.of("/gate/nginx", "/gate/forward");

    private GateRequest() {}

    /** Whether a servlet of the gate answers. */
    public static boolean is(HttpServletRequest request) {
        return SERVED.contains(request.getServletPath());
    }

    /**
     * Whether it was written as a request for the gate and leads elsewhere, or nowhere, such as {@code
     * /gate/../health/live}: its answer of 200 would be one that nobody's token has earned.
     */
    static boolean isAstray(HttpServletRequest request) {
        return request.getRequestURI().startsWith(ROOT) && !is(request);
    }
}
