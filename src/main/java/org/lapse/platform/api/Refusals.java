package org.lapse.platform.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Sends a refusal from where JAX-RS does not reach: filters and servlets. */
public final class Refusals {
    private Refusals() {}

    /** Answers with the refusal's status, headers and {@link ApiError} body. */
    public static void send(HttpServletRequest request, HttpServletResponse response, ApiException refusal)
            throws IOException {
        response.setStatus(refusal.status());
        response.setContentType("application/json");
        refusal.headers().forEach(response::setHeader);
        StrictJson.mapper()
                .writeValue(
                        response.getOutputStream(), ApiError.of(refusal, CorrelationFilter.correlationIdOf(request)));
    }

    /** The refusal that stands for what was thrown: 4xx for what the client did wrong, 503 or 500 otherwise. */
    public static ApiException of(Throwable thrown) {
        return RefusalMapper.refusalFor(thrown);
    }

    /** The refusal that stands for a status which the server itself chose. */
    public static ApiException ofStatus(int status) {
        return ApiException.ofStatus(
                status, status == 404 ? "The requested resource was not found." : "The request was refused.");
    }
}
