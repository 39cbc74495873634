package org.lapse.access.oauth;

import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.ParseException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lapse.platform.api.ApiException;
import org.lapse.platform.api.BearerToken;

/** A refusal in the words of OAuth. Each way to refuse is one named factory. */
final class OAuthRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorObject error;
    private final transient Map<String, String> headers;

    private OAuthRefusal(ErrorObject error, Map<String, String> headers) {
        super(error.getCode() + ": " + error.getDescription(), null, false, false);
        this.error = error;
        this.headers = headers;
    }

    /** An error of Nimbus's under our own words. */
    static OAuthRefusal of(ErrorObject error, String description) {
        return new OAuthRefusal(error.setDescription(ErrorObject.removeIllegalChars(description)), Map.of());
    }

    /** What Nimbus found wrong with a message. */
    static OAuthRefusal of(ParseException e) {
        @Nullable ErrorObject error = e.getErrorObject();
        return error == null || error.getHTTPStatusCode() >= 500
                ? invalidRequest("The request is malformed.")
                : of(error, error.getDescription() == null ? "The request is malformed." : error.getDescription());
    }

    /** 400: the request is malformed. */
    static OAuthRefusal invalidRequest(String description) {
        return of(OAuth2Error.INVALID_REQUEST, description);
    }

    /** 401: nobody, or not the one that it says it is. */
    static OAuthRefusal invalidClient(String description) {
        ErrorObject error = OAuth2Error.INVALID_CLIENT.setDescription(description);
        return new OAuthRefusal(error, Map.of("WWW-Authenticate", "Basic realm=\"lapse\", charset=\"UTF-8\""));
    }

    /** 400: the code or the refresh token is not good, or not any more. */
    static OAuthRefusal invalidGrant(String description) {
        return of(OAuth2Error.INVALID_GRANT, description);
    }

    /** 400: the client may not do this. */
    static OAuthRefusal unauthorizedClient(String description) {
        return of(OAuth2Error.UNAUTHORIZED_CLIENT, description);
    }

    /** A refusal of a bearer token (RFC 6750 section 3.1), which says so in the header too. */
    static OAuthRefusal ofToken(int status, @Nullable String code, String description) {
        String challenge = code == null ? BearerToken.challenge() : BearerToken.challenge(code, description);
        return new OAuthRefusal(
                new ErrorObject(code == null ? "invalid_token" : code, description, status),
                Map.of("WWW-Authenticate", challenge));
    }

    /**
     * A refusal in the words of {@code /api}, in those of OAuth: what the client does wrong it must not repeat, and what
     * is wrong on our side, or comes too often, it may.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2.1">RFC 6749, sections 4.1.2.1 and 5.2</a>
     */
    static ErrorObject errorOf(ApiException refusal) {
        ErrorObject error =
                switch (refusal.status()) {
                    case 401 -> OAuth2Error.INVALID_CLIENT;
                    case 403 -> OAuth2Error.ACCESS_DENIED;
                    case 429, 503, 504 -> OAuth2Error.TEMPORARILY_UNAVAILABLE;
                    default -> refusal.status() >= 500 ? OAuth2Error.SERVER_ERROR : OAuth2Error.INVALID_REQUEST;
                };
        return new ErrorObject(error.getCode(), ErrorObject.removeIllegalChars(refusal.message()), refusal.status());
    }

    ErrorObject error() {
        return error;
    }

    Map<String, String> headers() {
        return headers;
    }
}
