package org.lapse.access.account;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lapse.organizations.directory.ForgottenPasswords;
import org.lapse.organizations.directory.ForgottenPasswords.Outcome;
import org.lapse.organizations.directory.PasswordCheck;
import org.lapse.organizations.directory.User;
import org.lapse.organizations.settings.RestrictionsInForce;
import org.lapse.platform.api.TrustedProxies;
import org.lapse.platform.page.FormFields;
import org.lapse.platform.page.FormGuard;
import org.lapse.platform.page.PageServlet;

/**
 * {@code /password/}: where a link leads that an administrator has made for somebody who has forgotten the password. Its
 * code is the fragment of the address, which browsers send to nobody; a script puts it into the form. Who has set the
 * password is not signed in by that, and proves a second factor at the sign-in as ever.
 *
 * @see <a href="https://owasp.org/www-project-application-security-verification-standard/">OWASP ASVS 5.0, 6.4.3</a>
 */
@WebServlet(PasswordServlet.PATH)
public class PasswordServlet extends PageServlet {
    static final String PATH = "/password/";

    private static final long serialVersionUID = 1L;

    @Inject
    private ForgottenPasswords forgotten;

    @Inject
    private RestrictionsInForce restrictions;

    @Inject
    private TrustedProxies proxies;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        ask(request, response, 200, "", null);
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        FormFields form = FormFields.ofBody(request);
        AccountTexts texts = AccountPage.texts(request);
        String code = Optional.ofNullable(form.get("code")).orElse("").strip();
        String chosen = Optional.ofNullable(form.get("newPassword")).orElse("");
        if (!guard().accepts(request, form.get(FormGuard.FIELD))) {
            ask(request, response, 403, code, texts.text("error.form"));
            return;
        }
        if (!chosen.equals(form.get("newPasswordAgain"))) {
            ask(request, response, 400, code, texts.text("error.different"));
            return;
        }
        Optional<User> owner = forgotten.owner(code);
        if (owner.isEmpty()) {
            refuseLink(request, response);
        } else if (isFromElsewhere(request, owner.get())) {
            pages().showError(request, response, 403, texts.locale(), texts.text("error.place"));
        } else {
            replace(request, response, owner.get(), code, chosen);
        }
    }

    private void replace(
            HttpServletRequest request, HttpServletResponse response, User owner, String code, String chosen)
            throws IOException {
        AccountTexts texts = AccountPage.texts(request);
        Outcome outcome = forgotten.replace(owner, code, chosen);
        if (outcome instanceof Outcome.Replaced replaced) {
            Map<String, Object> model = model(texts, "page.resetDone");
            model.put("username", replaced.user().username());
            pages().show(response, 200, "password-set", model, null);
        } else if (outcome instanceof Outcome.Refused refused) {
            ask(request, response, 400, code, refused.objection().message(texts.locale()));
        } else if (outcome instanceof Outcome.Busy) {
            response.setHeader("Retry-After", Long.toString(PasswordCheck.Busy.RETRY_AFTER.toSeconds()));
            ask(request, response, 503, code, texts.text("error.busy"));
        } else {
            refuseLink(request, response);
        }
    }

    private boolean isFromElsewhere(HttpServletRequest request, User owner) {
        return restrictions
                .of(owner.organizationId())
                .get()
                .refusal(proxies.clientOf(request), null)
                .isPresent();
    }

    /** One answer for codes that are void and for those that never were. */
    private void refuseLink(HttpServletRequest request, HttpServletResponse response) throws IOException {
        ask(request, response, 400, "", AccountPage.texts(request).text("error.link"));
    }

    /**
     * Shows the form.
     *
     * @param code what it holds already; empty for nothing
     * @param error what is wrong, in words; null for nothing
     */
    private void ask(
            HttpServletRequest request, HttpServletResponse response, int status, String code, @Nullable String error)
            throws IOException {
        Map<String, Object> model = model(AccountPage.texts(request), "page.resetTitle");
        model.put("csrf", guard().valueFor(request, response));
        model.put("code", code);
        model.put("errors", error == null ? List.of() : List.of(error));
        pages().showWithScript(response, status, "password-reset", model, null);
    }

    private static Map<String, Object> model(AccountTexts texts, String title) {
        Map<String, Object> model = new HashMap<>();
        model.put("lang", texts.language());
        model.put("t", texts.onThePage());
        model.put("title", texts.text(title));
        return model;
    }
}
