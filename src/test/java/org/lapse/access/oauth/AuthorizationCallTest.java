package org.lapse.access.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthorizationCallTest {
    @Test
    void aGoodRequestIsRead() {
        AuthorizationCall call = read(Wanted.authorization() + "&max_age=60&prompt=login");

        assertThat(call.state()).isEqualTo("s");
        assertThat(call.nonce()).isEqualTo("n");
        assertThat(call.codeChallenge()).isEqualTo(Wanted.CHALLENGE);
        assertThat(call.maximumAge()).contains(Duration.ofMinutes(1));
        assertThat(call.freshAsked()).isTrue();
        assertThat(call.silentAsked()).isFalse();
    }

    @Test
    void aScopeThatMeansNothingHereIsNotGranted() {
        assertThat(read(Wanted.authorization()).scope()).isEqualTo("openid profile");
    }

    @Test
    void apisThatTheTokenIsForMayBeSeveral() {
        String both = "&resource=" + Wanted.ORDERS + "&resource=https%3A%2F%2Flapse.example";

        assertThat(read(Wanted.authorization() + both).audience()).isEqualTo("https://lapse.example " + Wanted.ORDERS);
        assertThat(read(Wanted.authorization() + "&resource=https%3A%2F%2Flapse.example")
                        .audience())
                .isEqualTo("https://lapse.example");
    }

    @Test
    void withoutAChallengeThereIsNoCode() {
        assertThat(refused(Wanted.authorization().replaceAll("&code_challenge=.*", "")))
                .isEqualTo("invalid_request");
    }

    @Test
    void clientThatNeedNotUsePkceSendsANonceInstead() {
        String request = Wanted.authorization().replaceAll("&code_challenge.*", "");

        assertThat(read(Wanted.withoutProofKey(), request).codeChallenge()).isEmpty();
        assertThat(refused(Wanted.withoutProofKey(), request.replace("&nonce=n", "")))
                .isEqualTo("invalid_request");
    }

    @Test
    void clientThatNeedNotUsePkceMayUseItAndThenRightly() {
        assertThat(read(Wanted.withoutProofKey(), Wanted.authorization()).codeChallenge())
                .isEqualTo(Wanted.CHALLENGE);
        assertThat(refused(Wanted.withoutProofKey(), Wanted.authorization().replace("S256", "plain")))
                .isEqualTo("invalid_request");
        assertThat(refused(Wanted.withoutProofKey(), Wanted.authorization().replaceAll("&code_challenge=.*", "")))
                .isEqualTo("invalid_request");
    }

    @Test
    void aChallengeInPlainIsRefused() {
        assertThat(refused(Wanted.authorization().replace("S256", "plain"))).isEqualTo("invalid_request");
        assertThat(refused(Wanted.authorization().replace("&code_challenge_method=S256", "")))
                .isEqualTo("invalid_request");
    }

    @Test
    void theImplicitFlowIsNotSupported() {
        assertThat(refused(Wanted.authorization().replace("response_type=code", "response_type=token")))
                .isEqualTo("unsupported_response_type");
    }

    @Test
    void aDoubledParameterIsRefused() {
        assertThat(refused(Wanted.authorization() + "&scope=openid")).isEqualTo("invalid_request");
    }

    @Test
    void anApplicationThatActsOnItsOwnSignsNobodyIn() {
        OAuthRefusal refusal = catchThrowableOfType(
                OAuthRefusal.class,
                () -> AuthorizationCall.of(
                        Wanted.service(), Wanted.REDIRECT, Parameters.parse(Wanted.authorization()), Wanted.AUDIENCES));
        assertThat(refusal.error().getCode()).isEqualTo("unauthorized_client");
    }

    @ParameterizedTest
    @CsvSource({
        "resource=https%3A%2F%2Funknown.example, invalid_target",
        "max_age=soon, invalid_request",
        "max_age=-1, invalid_request",
        "prompt=none+login, invalid_request",
        "prompt=nonsense, invalid_request",
        "response_mode=fragment, invalid_request",
        "request=e30.e30., request_not_supported",
        "request_uri=https%3A%2F%2Fdesk.example%2Fr, request_uri_not_supported"
    })
    void whatIsMalformedOrUnknownIsRefusedByName(String parameter, String error) {
        assertThat(refused(Wanted.authorization() + "&" + parameter)).isEqualTo(error);
    }

    @Test
    void aNonceWithAControlCharacterIsRefused() {
        assertThat(refused(Wanted.authorization().replace("nonce=n", "nonce=%00")))
                .isEqualTo("invalid_request");
    }

    private static AuthorizationCall read(String query) {
        return read(Wanted.desk(), query);
    }

    private static AuthorizationCall read(Client client, String query) {
        return AuthorizationCall.of(client, Wanted.REDIRECT, Parameters.parse(query), Wanted.AUDIENCES);
    }

    private static String refused(String query) {
        return refused(Wanted.desk(), query);
    }

    private static String refused(Client client, String query) {
        return catchThrowableOfType(OAuthRefusal.class, () -> read(client, query))
                .error()
                .getCode();
    }
}
