package org.lapse.access.oauth;

import com.nimbusds.oauth2.sdk.util.URLUtils;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lapse.access.signin.SignIn;
import org.lapse.access.signin.SignIns;
import org.lapse.platform.clock.WallClock;
import org.lapse.platform.page.FormGuard;
import org.lapse.platform.page.Messages;
import org.lapse.sessions.session.EndReason;
import org.lapse.sessions.session.Session;
import org.lapse.sessions.session.Sessions;

/**
 * Signs people out: ends the sign-in of their browser and all its sessions, at once where an application proves with an
 * ID token that it is theirs, otherwise when they have said yes. So an ID token of somebody else ends nothing by itself
 * in a browser where another user is signed in.
 *
 * @see <a href="https://openid.net/specs/openid-connect-rpinitiated-1_0.html">OpenID Connect RP-Initiated Logout
 *     1.0</a>
 */
@WebServlet("/logout")
public class LogoutServlet extends OAuthPageServlet {
    private static final long serialVersionUID = 1L;

    /** What the form brings back; {@code redirect_uri} is the vendor's word. */
    private static final List<String> KEPT = List.of("client_id", "post_logout_redirect_uri", "redirect_uri", "state");

    @Inject
    private Clients clients;

    @Inject
    private IdTokens idTokens;

    @Inject
    private Sessions sessions;

    @Inject
    private SignIns signIns;

    @Inject
    private WallClock clock;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        ask(single(Parameters.ofQuery(request)), request, response);
    }

    /** The form of the page that asks, or a request that an application posts. */
    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Parameters parameters = single(Parameters.ofBody(request));
        if (parameters.get(FormGuard.FIELD).isEmpty()) {
            ask(parameters, request, response);
            return;
        }
        String target = targetOf(parameters, parameters.get("client_id"));
        if (guard().accepts(request, parameters.get(FormGuard.FIELD).orElse(null))) {
            signIns.endOfBrowser(request);
            signIns.forget(response);
            sayGoodbye(parameters, target, request, response);
        } else {
            askPeople(parameters, target, 403, Optional.of("sign-out.form-not-ours"), request, response);
        }
    }

    private void ask(Parameters parameters, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Optional<SignIn> here = signIns.ofBrowser(request);
        Optional<IdTokens.Hint> hint = parameters
                .get(IdTokens.HINT)
                .flatMap(token -> idTokens.read(token, clock.now()))
                .filter(found -> parameters
                        .get("client_id")
                        .map(found.clientId()::equals)
                        .orElse(true));
        Optional<String> clientId = hint.map(IdTokens.Hint::clientId).or(() -> parameters.get("client_id"));
        String target = targetOf(parameters, clientId);
        boolean isTheirs = here.isEmpty() || hint.map(IdTokens.Hint::userId).equals(here.map(SignIn::userId));
        if (!isTheirs) {
            askPeople(parameters, target, 200, Optional.empty(), request, response);
            return;
        }
        hint.flatMap(found -> sessions.find(found.sessionId())).ifPresent(this::end);
        if (here.isPresent()) { // it may be a later one than that of the hint
            signIns.endOfBrowser(request);
            signIns.forget(response);
        }
        sayGoodbye(parameters, target, request, response);
    }

    private void end(Session session) {
        UUID signIn = session.signInId();
        if (signIn == null) {
            sessions.end(session.id(), EndReason.SIGNED_OUT);
        } else {
            signIns.end(signIn);
        }
    }

    private void askPeople(
            Parameters parameters,
            @Nullable String target,
            int status,
            Optional<String> error,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        Locale language = Messages.languageOf(request);
        Map<String, Object> model = Map.of(
                "title",
                Messages.text(language, "sign-out.title"),
                "lang",
                language.getLanguage(),
                "w",
                Messages.words(language, "sign-out-page"),
                "question",
                Messages.text(language, "sign-out.question"),
                "errors",
                error.map(key -> Messages.text(language, key)).stream().toList(),
                "hidden",
                HiddenField.of(parameters, KEPT, guard().valueFor(request, response)));
        pages().show(response, status, "sign-out", model, target);
    }

    private void sayGoodbye(
            Parameters parameters, @Nullable String target, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (target != null) {
            redirect(request, response, target);
            return;
        }
        Locale language = Messages.languageOf(request);
        String message = askedTarget(parameters).isPresent() ? "signed-out.not-registered" : "signed-out.message";
        Map<String, String> model = Map.of(
                "title", Messages.text(language, "signed-out.title"),
                "message", Messages.text(language, message),
                "lang", language.getLanguage());
        pages().show(response, HttpServletResponse.SC_OK, "signed-out", model, null);
    }

    /**
     * Where to send the browser afterwards; null for nowhere. An address that is not one of the application's is not
     * followed, but does not keep anybody from signing out; the last page then says so.
     */
    private @Nullable String targetOf(Parameters parameters, Optional<String> clientId) {
        return askedTarget(parameters)
                .filter(uri -> clientId.flatMap(clients::find)
                        .filter(client -> client.redirectUris().contains(uri))
                        .isPresent())
                .map(uri -> withState(uri, parameters.get("state")))
                .orElse(null);
    }

    private static Optional<String> askedTarget(Parameters parameters) {
        return parameters.get("post_logout_redirect_uri").or(() -> parameters.get("redirect_uri"));
    }

    private static String withState(String uri, Optional<String> state) {
        return state.map(value -> uri
                        + (uri.contains("?") ? "&" : "?")
                        + URLUtils.serializeParameters(Map.of("state", List.of(value))))
                .orElse(uri);
    }

    private static Parameters single(Parameters parameters) {
        parameters.doubled().ifPresent(name -> {
            throw new PageRefusal("sign-out.doubled", name);
        });
        return parameters;
    }
}
