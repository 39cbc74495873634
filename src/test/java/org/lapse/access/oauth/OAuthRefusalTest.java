package org.lapse.access.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.oauth2.sdk.ErrorObject;
import org.junit.jupiter.api.Test;
import org.lapse.platform.api.ApiException;

/** What is refused in the words of {@code /api}, in those of RFC 6749. */
class OAuthRefusalTest {
    @Test
    void whatTheClientDoesWrongIsNotForRepeating() {
        assertThat(told(ApiException.invalidValue("scope", "There is no such scope.")))
                .isEqualTo("400 invalid_request");
        assertThat(told(ApiException.notFound())).isEqualTo("404 invalid_request");
        assertThat(told(ApiException.conflict("It has changed."))).isEqualTo("409 invalid_request");
        assertThat(told(ApiException.notAuthorized("Not from there."))).isEqualTo("403 access_denied");
        assertThat(told(ApiException.authenticationRequired())).isEqualTo("401 invalid_client");
    }

    @Test
    void whatIsBusyMayBeAskedAgain() {
        assertThat(told(ApiException.serviceUnavailable("Too many calls wait.", 2)))
                .isEqualTo("503 temporarily_unavailable");
        assertThat(told(ApiException.tooManyRequests("Wait.", 2))).isEqualTo("429 temporarily_unavailable");
    }

    private static String told(ApiException refusal) {
        ErrorObject error = OAuthRefusal.errorOf(refusal);
        assertThat(error.getDescription()).isEqualTo(refusal.message());
        return error.getHTTPStatusCode() + " " + error.getCode();
    }
}
