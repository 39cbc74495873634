package org.lapse.access.oauth;

import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationErrorResponse;
import com.nimbusds.oauth2.sdk.AuthorizationResponse;
import com.nimbusds.oauth2.sdk.AuthorizationSuccessResponse;
import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.ResponseMode;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.lapse.platform.api.IssuerIdentifier;
import org.lapse.platform.page.Messages;
import org.lapse.platform.page.Pages;

/**
 * Sends the browser back to an application with the answer to its authorization request: in the query, or in a form
 * that the browser posts.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2">RFC 6749, section 4.1.2</a>
 * @see <a href="https://openid.net/specs/oauth-v2-form-post-response-mode-1_0.html">OAuth 2.0 Form Post Response
 *     Mode</a>
 */
@Singleton
class AuthorizationAnswers {
    /** The ways in which an application may have its code. */
    static final List<ResponseMode> MODES = List.of(ResponseMode.QUERY, ResponseMode.FORM_POST);

    private final Pages pages;
    private final Issuer issuer;

    @Inject
    AuthorizationAnswers(Pages pages, IssuerIdentifier issuer) {
        this.pages = pages;
        this.issuer = new Issuer(issuer.value());
    }

    /** The user may come in: the answer is a code. */
    void sendCode(
            AuthorizationCall call,
            String code,
            Parameters parameters,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        send(
                new AuthorizationSuccessResponse(
                        URI.create(call.redirectUri()),
                        new AuthorizationCode(code),
                        null,
                        State.parse(call.state()),
                        issuer,
                        modeOf(parameters)),
                request,
                response);
    }

    /**
     * There is no code, for that reason.
     *
     * @param redirectUri one of the client's
     */
    void sendError(
            String redirectUri,
            Parameters parameters,
            ErrorObject error,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        send(
                new AuthorizationErrorResponse(
                        URI.create(redirectUri),
                        error,
                        State.parse(parameters.get("state").orElse(null)),
                        issuer,
                        modeOf(parameters)),
                request,
                response);
    }

    private void send(AuthorizationResponse answer, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (answer.getResponseMode().equals(ResponseMode.FORM_POST)) {
            post(answer, request, response);
        } else {
            OAuthPageServlet.redirect(request, response, answer.toURI().toString());
        }
    }

    /** A page whose script posts the form at once; without scripts, people do. */
    private void post(AuthorizationResponse answer, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Locale language = Messages.languageOf(request);
        String redirectUri = answer.getRedirectionURI().toString();
        Map<String, Object> model = Map.of(
                "lang",
                language.getLanguage(),
                "title",
                Messages.text(language, "form-post.title"),
                "continue",
                Messages.text(language, "form-post.continue"),
                "action",
                redirectUri,
                "hidden",
                answer.toParameters().entrySet().stream()
                        .flatMap(each ->
                                each.getValue().stream().map(value -> Map.of("name", each.getKey(), "value", value)))
                        .toList());
        pages.showWithScript(response, HttpServletResponse.SC_OK, "form-post", model, redirectUri);
    }

    /** An application that asks for a token at once looks for the answer in the fragment (RFC 6749 section 4.2.2.1). */
    private static ResponseMode modeOf(Parameters parameters) {
        if (parameters
                .get("response_mode")
                .filter(ResponseMode.FORM_POST.getValue()::equals)
                .isPresent()) {
            return ResponseMode.FORM_POST;
        }
        return parameters
                .get("response_type")
                .filter(type -> type.contains("token"))
                .map(implicit -> ResponseMode.FRAGMENT)
                .orElse(ResponseMode.QUERY);
    }
}
