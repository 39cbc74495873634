package org.lapse.access.oauth;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.lapse.access.signin.PasskeySignIns;
import org.lapse.access.signin.PendingSignIns;
import org.lapse.platform.api.ApiException;
import org.lapse.platform.api.Refusals;
import org.lapse.platform.api.StrictJson;
import org.lapse.platform.page.FormGuard;
import org.lapse.platform.page.Messages;

/**
 * What the script of the sign-in pages hands to {@code navigator.credentials}. The challenge is bound to the form that
 * brings the answer, so that it counts in no other browser.
 *
 * @see <a href="https://www.w3.org/TR/webauthn-3/#sctn-parseRequestOptionsFromJSON">WebAuthn Level 3, section
 *     5.1.9</a>
 */
@WebServlet("/oauth/passkey")
public class PasskeyOptionsServlet extends OAuthServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    private FormGuard guard;

    @Inject
    private PasskeySignIns passkeys;

    @Inject
    private PendingSignIns pending;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Parameters parameters = Parameters.ofBody(request).once();
        String form = parameters.get(FormGuard.FIELD).orElse("");
        if (!guard.accepts(request, form)) {
            Refusals.send(request, response, ApiException.notAuthorized(Messages.text("sign-in.form-not-ours")));
            return;
        }
        Optional<?> options =
                switch (parameters.get(SecondStep.FIELD).orElse("")) {
                    case SecondStep.PASSKEY_ALONE -> Optional.of(passkeys.ask(form));
                    case SecondStep.SECOND_PASSKEY ->
                        pending.of(request).map(person -> pending.askForPasskey(person, form));
                    case SecondStep.NEW_PASSKEY ->
                        pending.of(request).map(person -> pending.askForNewPasskey(person, form));
                    default -> Optional.empty();
                };
        if (options.isEmpty()) {
            Refusals.send(request, response, ApiException.notFound());
            return;
        }
        response.setHeader("Cache-Control", "no-store");
        response.setContentType("application/json");
        response.getOutputStream().write(StrictJson.mapper().writeValueAsBytes(options.get()));
    }
}
