package org.lapse.platform.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import jakarta.inject.Inject;
import jakarta.persistence.OptimisticLockException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Turns every exception into an {@link ApiError}: what the client did wrong into a 4xx that says so, a database out of
 * reach into 503, and only a fault of our own into 500, logged under the correlation id that the client sees.
 */
@Provider
public class RefusalMapper implements ExceptionMapper<Throwable> {

    @Context
    private HttpServletRequest request;

    @Inject
    private FailureLog failures;

    @Override
    public Response toResponse(Throwable thrown) {
        String contextId = CorrelationFilter.correlationIdOf(request);
        ApiException refusal = refusalFor(thrown);
        if (refusal.status() >= 500 && !(thrown instanceof ApiException)) { // what we refuse on purpose is no fault
            failures.failed(request, thrown);
        }
        Response.ResponseBuilder answer = Response.status(refusal.status())
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(ApiError.of(refusal, contextId));
        refusal.headers().forEach(answer::header);
        if (thrown instanceof WebApplicationException web
                && web.getResponse().getHeaders().containsKey(HttpHeaders.ALLOW)) {
            answer.header(HttpHeaders.ALLOW, web.getResponse().getHeaderString(HttpHeaders.ALLOW));
        }
        return answer.build();
    }

    static ApiException refusalFor(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            ApiException refusal = refusalForOne(cause);
            if (refusal != null) {
                return refusal;
            }
        }
        return DatabaseOutage.isBehind(thrown)
                ? ApiException.serviceUnavailable("The database is out of reach.", DatabaseOutage.RETRY_AFTER_SECONDS)
                : ApiException.ofStatus(500, "The server met an unexpected fault.");
    }

    private static @Nullable ApiException refusalForOne(Throwable cause) {
        if (cause instanceof ApiException refusal) {
            return refusal;
        }
        if (cause instanceof BodyTooLargeException) {
            return ApiException.bodyTooLarge("The request's body is too large.");
        }
        if (cause instanceof BodyMissingException) {
            return ApiException.badRequest("The request's body did not arrive whole.");
        }
        if (cause instanceof ReadableTexts.Unreadable text && !text.getPath().isEmpty()) {
            return ApiException.invalidValue(pathOf(text), text.getOriginalMessage());
        }
        if (cause instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
            return ApiException.invalidValue(pathOf(mapping), "The value is not one that this field may hold.");
        }
        if (cause instanceof JsonProcessingException) {
            return ApiException.badRequest("The body is not valid JSON of the expected shape.");
        }
        if (cause instanceof OptimisticLockException) {
            return ApiException.conflict(
                    "Somebody else has changed this meanwhile: read it again and repeat the change.");
        }
        if (cause instanceof SQLException sql) {
            return refusalForDatabase(sql);
        }
        if (cause instanceof WebApplicationException web && web.getResponse().getStatus() < 500) {
            return ApiException.ofStatus(web.getResponse().getStatus(), reasonOf(web));
        }
        return null;
    }

    /** By the class of the SQLSTATE, which ISO 9075 gives all databases alike. */
    private static @Nullable ApiException refusalForDatabase(SQLException sql) {
        String state = sql.getSQLState() == null ? "" : sql.getSQLState();
        if (state.startsWith("23")) {
            return ApiException.conflict("Something of that name exists already, or is still in use.");
        }
        if (state.startsWith("22")) {
            return ApiException.badRequest("A value holds what the database cannot keep, such as a control character.");
        }
        return null;
    }

    private static String pathOf(JsonMappingException mapping) {
        StringBuilder path = new StringBuilder();
        for (JsonMappingException.Reference reference : mapping.getPath()) {
            if (reference.getFieldName() == null) {
                path.append('[').append(reference.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(reference.getFieldName());
            }
        }
        return path.toString();
    }

    private static String reasonOf(WebApplicationException web) {
        return switch (web.getResponse().getStatus()) {
            case 404 -> "The requested resource was not found.";
            case 405 -> "This resource does not answer that method.";
            case 406 -> "This resource answers application/json only.";
            case 415 -> "This resource reads application/json only.";
            default -> "The request cannot be understood.";
        };
    }
}
