package org.lapse.platform.api;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A refusal of a request, with all that its {@link ApiError} says. Each way to refuse is one named factory. */
public final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final String message;
    private final transient List<ErrorDetail> details;
    private final transient Map<String, String> headers;

    private ApiException(
            int status, String code, String message, List<ErrorDetail> details, Map<String, String> headers) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.message = message;
        this.details = details;
        this.headers = headers;
    }

    private static ApiException of(int status, String code, String message) {
        return new ApiException(status, code, message, List.of(), Map.of());
    }

    /** 401 {@code authentication.required}: the request carries no bearer token (RFC 6750 section 3.1). */
    public static ApiException authenticationRequired() {
        return new ApiException(
                401,
                "authentication.required",
                "No access token was given.",
                List.of(),
                Map.of("WWW-Authenticate", BearerToken.challenge()));
    }

    /** 401 {@code bad.credentials}: the token is unknown, ended or timed out; RFC 6750's {@code invalid_token}. */
    public static ApiException badCredentials(String message) {
        return new ApiException(
                401,
                "bad.credentials",
                message,
                List.of(),
                Map.of("WWW-Authenticate", BearerToken.challenge("invalid_token", message)));
    }

    /**
     * 401 {@code insufficient_user_authentication}: the session is locked; RFC 9470 section 3.
     *
     * @param reason the machine's word for why, such as {@code inactivity}
     * @param message the same in one sentence
     */
    public static ApiException locked(String reason, String message) {
        return new ApiException(
                401,
                "insufficient_user_authentication",
                message,
                List.of(new ErrorDetail("locked." + reason, null, null, null)),
                Map.of("WWW-Authenticate", BearerToken.challenge("insufficient_user_authentication", message)));
    }

    /**
     * 401 {@code insufficient_user_authentication}: the user has to sign in anew, or with a second factor, before this.
     *
     * @param acr how sure the sign-in has to make us
     * @param maximumAge how long ago it may be
     * @see <a href="https://www.rfc-editor.org/rfc/rfc9470#section-3">RFC 9470, section 3</a>
     */
    public static ApiException stepUpRequired(String acr, Duration maximumAge) {
        String message = "Sign in again before you change this.";
        return new ApiException(
                401,
                "insufficient_user_authentication",
                message,
                List.of(),
                Map.of(
                        "WWW-Authenticate",
                        BearerToken.challenge("insufficient_user_authentication", message) + ", acr_values=\"" + acr
                                + "\", max_age=\"" + maximumAge.toSeconds() + "\""));
    }

    /**
     * 401 {@code authentication.required}: a call of {@code /gax/api} carries no session cookie, or one that is over.
     */
    public static ApiException logInRequired(String message) {
        return of(401, "authentication.required", message);
    }

    /** 401 {@code bad.credentials}: user name and password do not fit. */
    public static ApiException wrongPassword() {
        return of(401, "bad.credentials", "User name or password is wrong.");
    }

    /** 415 {@code unsupported.media.type}: a change that is not sent as JSON, as only a program of ours would. */
    public static ApiException notJson(String message) {
        return of(415, "unsupported.media.type", message);
    }

    /** 400 {@code bad.request}: the request cannot be understood. */
    public static ApiException badRequest(String message) {
        return of(400, "bad.request", message);
    }

    /** 400 {@code invalid.value}: a field holds what it may not hold; {@code field} is its path in the body. */
    public static ApiException invalidValue(String field, String message) {
        return new ApiException(
                400, "invalid.value", message, List.of(ErrorDetail.ofField("invalid.value", field)), Map.of());
    }

    /** 400 {@code not.a.user}: the token belongs to an application on its own, and the request asks for its user. */
    public static ApiException notAUser() {
        return of(400, "not.a.user", "The access token does not belong to a user.");
    }

    /** 400 {@code invalid.password}: the password is not the one that is asked for. */
    public static ApiException invalidPassword(String message) {
        return of(400, "invalid.password", message);
    }

    /** 400 {@code invalid.password}: as above, and {@code field} is where it stands in the body. */
    public static ApiException invalidPassword(String field, String message) {
        return new ApiException(
                400, "invalid.password", message, List.of(ErrorDetail.ofField("invalid.password", field)), Map.of());
    }

    /** 403 {@code missing.permissions}: the caller lacks the permission that is named. */
    public static ApiException missingPermission(String permission) {
        return of(403, "missing.permissions", "The permission " + permission + " is missing.");
    }

    /**
     * 403 {@code insufficient.scope}: the caller has the permission, but the token was given for less.
     *
     * @param scope the scope that would do, space-separated
     * @see <a href="https://www.rfc-editor.org/rfc/rfc6750#section-3.1">RFC 6750, section 3.1</a>
     */
    public static ApiException insufficientScope(String scope) {
        String message = "The access token was given for less: this needs the scope " + scope + ".";
        return new ApiException(
                403,
                "insufficient.scope",
                message,
                List.of(),
                Map.of(
                        "WWW-Authenticate",
                        BearerToken.challenge("insufficient_scope", message) + ", scope=\"" + scope + "\""));
    }

    /** 403 {@code not.authorized}: the caller may not do this, whatever their permissions. */
    public static ApiException notAuthorized(String message) {
        return of(403, "not.authorized", message);
    }

    /** 404 {@code not.found}: there is nothing of that name in the caller's organization. */
    public static ApiException notFound() {
        return of(404, "not.found", "The requested resource was not found.");
    }

    /** 409 {@code general.conflict}: somebody else changed the same thing, or it exists already. */
    public static ApiException conflict(String message) {
        return of(409, "general.conflict", message);
    }

    /**
     * 412 {@code precondition.failed}: the thing is not as it was when the client read it (RFC 9110 section 13.1.1).
     */
    public static ApiException preconditionFailed() {
        return of(
                412,
                "precondition.failed",
                "Somebody else has changed this meanwhile: read it again and repeat the change.");
    }

    /** 413 {@code request.entity.too.large}: the request's body is longer than it may be. */
    public static ApiException bodyTooLarge(String message) {
        return of(413, "request.entity.too.large", message);
    }

    /** 429 {@code too.many.requests}, with {@code Retry-After} in whole seconds, at least one. */
    public static ApiException tooManyRequests(String message, long retryAfterSeconds) {
        return new ApiException(
                429,
                "too.many.requests",
                message,
                List.of(),
                Map.of("Retry-After", Long.toString(Math.max(1, retryAfterSeconds))));
    }

    /** 429 {@code too.many.requests}, where nobody knows when it will be fewer. */
    public static ApiException tooManyRequests(String message) {
        return of(429, "too.many.requests", message);
    }

    /** 503 {@code service.unavailable}, with {@code Retry-After} in whole seconds, at least one. */
    public static ApiException serviceUnavailable(String message, long retryAfterSeconds) {
        return new ApiException(
                503,
                "service.unavailable",
                message,
                List.of(),
                Map.of("Retry-After", Long.toString(Math.max(1, retryAfterSeconds))));
    }

    static ApiException ofStatus(int status, String message) {
        String code =
                switch (status) {
                    case 403 -> "not.authorized";
                    case 404 -> "not.found";
                    case 405, 501 -> "method.not.allowed";
                    case 406 -> "not.acceptable";
                    case 413 -> "request.entity.too.large";
                    case 415 -> "unsupported.media.type";
                    case 503 -> "service.unavailable";
                    case 500 -> "internal.server.error";
                    default -> "bad.request";
                };
        return of(status, code, message);
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The machine's word for what is wrong. */
    public String code() {
        return code;
    }

    /** What is wrong, in one English sentence. */
    public String message() {
        return message;
    }

    /** Which fields or entities are meant. */
    public List<ErrorDetail> details() {
        return details;
    }

    /** What the answer says besides, such as {@code Retry-After}. */
    public Map<String, String> headers() {
        return headers;
    }
}
