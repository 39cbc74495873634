package org.lapse.access.oauth;

import com.nimbusds.oauth2.sdk.AuthorizationRequest;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.openid.connect.sdk.Prompt;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.lapse.organizations.application.AuthorizedGrantType;
import org.lapse.organizations.application.OAuthClient;
import org.lapse.organizations.authenticator.AssuranceLevel;
import org.lapse.platform.api.TokenAudiences;

/**
 * An authorization request that was found good: an application asks for a code for anybody who is at the browser.
 *
 * @param client the application
 * @param redirectUri where to send the browser back, one of the client's
 * @param state what the application wants to hear again
 * @param scope the scope that it gets
 * @param audience the APIs for which it asks, space-separated; empty for our own
 * @param nonce what it wants to find in the ID token
 * @param codeChallenge the S256 challenge; empty where the client need not use PKCE and does not
 * @param maximumAge how long ago the password may have been given; empty for any time
 * @param assurance how sure the sign-in has to make us ({@code acr_values})
 * @param freshAsked whether the user must sign in in any case ({@code prompt=login}), or choose who does ({@code
 *     select_account}): one browser has one sign-in, so to choose is to sign in
 * @param silentAsked whether nothing may be shown ({@code prompt=none})
 * @param consentAsked whether the user must be asked for consent in any case ({@code prompt=consent})
 * @param hintedUser the only user for whom it may be answered ({@code id_token_hint}); empty for anybody
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-4.1.1">RFC 6749, section 4.1.1</a>
 */
record AuthorizationCall(
        Client client,
        String redirectUri,
        @Nullable String state,
        String scope,
        String audience,
        @Nullable String nonce,
        String codeChallenge,
        Optional<Duration> maximumAge,
        AssuranceLevel assurance,
        boolean freshAsked,
        boolean silentAsked,
        boolean consentAsked,
        Optional<UUID> hintedUser) {
    /** For how long somebody may think about what a page asks, who has just given the password for it. */
    private static final Duration TIME_TO_ANSWER = Duration.ofMinutes(5);

    static final String ACR_VALUES = "acr_values";

    private static final int LONGEST_NONCE = 512;
    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");

    /**
     * Reads the request of a client to whose redirect URI the browser may be sent back.
     *
     * @param audiences what a client may name as the API that the token is for
     * @throws OAuthRefusal what is to be told there if the request is not good
     */
    static AuthorizationCall of(Client client, String redirectUri, Parameters parameters, TokenAudiences audiences) {
        parameters.once();
        refuseRequestObjects(parameters);
        String audience = RequestedAudience.of(parameters, audiences);
        AuthorizationRequest request = parse(parameters);
        if (!request.getResponseType().equals(ResponseType.CODE)) {
            throw OAuthRefusal.of(OAuth2Error.UNSUPPORTED_RESPONSE_TYPE, "The only response_type is code, with PKCE.");
        }
        if (request.getResponseMode() != null && !AuthorizationAnswers.MODES.contains(request.getResponseMode())) {
            throw OAuthRefusal.invalidRequest("The response_mode is query or form_post.");
        }
        if (client.application().authorizedGrantType() != AuthorizedGrantType.CODE) {
            throw OAuthRefusal.unauthorizedClient("This application does not sign people in.");
        }
        if (!client.isActive()) {
            throw OAuthRefusal.unauthorizedClient("The application is disabled.");
        }
        Prompt prompt = request.getPrompt() == null ? new Prompt() : request.getPrompt();
        return new AuthorizationCall(
                client,
                redirectUri,
                parameters.get("state").orElse(null),
                GrantedScope.of(parameters.get("scope"), client.application()),
                audience,
                nonceOf(parameters),
                challengeOf(client.application(), request, parameters),
                maximumAgeOf(parameters),
                AssuranceLevel.lowestOf(parameters.get(ACR_VALUES).orElse("")),
                prompt.contains(Prompt.Type.LOGIN) || prompt.contains(Prompt.Type.SELECT_ACCOUNT),
                prompt.contains(Prompt.Type.NONE),
                prompt.contains(Prompt.Type.CONSENT),
                Optional.empty());
    }

    /** The same, to be answered for that user alone; for anybody where there is none. */
    AuthorizationCall about(Optional<UUID> user) {
        return new AuthorizationCall(
                client,
                redirectUri,
                state,
                scope,
                audience,
                nonce,
                codeChallenge,
                maximumAge,
                assurance,
                freshAsked,
                silentAsked,
                consentAsked,
                user);
    }

    /** Whether it may be answered for that user. */
    boolean isAbout(UUID userId) {
        return hintedUser.isEmpty() || hintedUser.get().equals(userId);
    }

    /**
     * How long ago the password may have been given for somebody who answers a page that came after it; empty for any
     * time.
     */
    Optional<Duration> maximumAgeOfAnAnswer() {
        return freshAsked
                ? Optional.of(TIME_TO_ANSWER)
                : maximumAge.map(age -> age.compareTo(TIME_TO_ANSWER) < 0 ? TIME_TO_ANSWER : age);
    }

    private static void refuseRequestObjects(Parameters parameters) {
        if (parameters.get("request").isPresent()) {
            throw OAuthRefusal.of(OAuth2Error.REQUEST_NOT_SUPPORTED, "Request objects are not supported.");
        }
        if (parameters.get("request_uri").isPresent()) {
            throw OAuthRefusal.of(OAuth2Error.REQUEST_URI_NOT_SUPPORTED, "Request objects are not supported.");
        }
    }

    private static AuthorizationRequest parse(Parameters parameters) {
        try {
            return AuthorizationRequest.parse(parameters.asMap());
        } catch (ParseException e) {
            throw OAuthRefusal.of(e);
        } catch (IllegalArgumentException e) {
            throw OAuthRefusal.invalidRequest("The request is malformed.");
        }
    }

    /** A client that need not use PKCE binds the answer to its browser by a nonce (RFC 9700 section 2.1.1). */
    private static String challengeOf(OAuthClient client, AuthorizationRequest request, Parameters parameters) {
        String challenge = parameters.get("code_challenge").orElse("");
        if (challenge.isEmpty()
                && !client.isProofKeyRequired()
                && parameters.get("code_challenge_method").isEmpty()) {
            if (parameters.get("nonce").isEmpty()) {
                throw OAuthRefusal.invalidRequest("Without PKCE a nonce is required.");
            }
            return "";
        }
        if (!CodeChallengeMethod.S256.equals(request.getCodeChallengeMethod()) || !ProofKey.hasForm(challenge)) {
            throw OAuthRefusal.invalidRequest(
                    "PKCE is required: code_challenge with code_challenge_method=S256 (RFC 7636).");
        }
        return challenge;
    }

    private static @Nullable String nonceOf(Parameters parameters) {
        Optional<String> nonce = parameters.get("nonce");
        if (nonce.filter(
                        value -> value.length() > LONGEST_NONCE || value.chars().anyMatch(Character::isISOControl))
                .isPresent()) {
            throw OAuthRefusal.invalidRequest("A nonce has at most 512 characters, all of them printable.");
        }
        return nonce.orElse(null);
    }

    private static Optional<Duration> maximumAgeOf(Parameters parameters) {
        Optional<String> seconds = parameters.get("max_age");
        if (seconds.filter(value -> !SECONDS.matcher(value).matches()).isPresent()) {
            throw OAuthRefusal.invalidRequest("max_age is a number of seconds.");
        }
        return seconds.map(value -> Duration.ofSeconds(Long.parseLong(value)));
    }
}
