package org.lapse.access.account;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.lapse.access.account.AccountPage.Visitor;
import org.lapse.organizations.authenticator.AuthenticatorsBody;
import org.lapse.organizations.authenticator.OwnAuthenticators;
import org.lapse.organizations.directory.User;
import org.lapse.platform.api.ApiException;
import org.lapse.platform.api.StrictJson;
import org.lapse.platform.page.FormGuard;
import org.lapse.platform.page.Pages;

/**
 * The passkeys, the authenticator app and the recovery codes on the page of one's account. The first of them is set up at
 * the sign-in that asks for two factors.
 */
@Singleton
class AccountFactors {
    private static final String NEW_PASSKEY = "new-passkey";
    private static final String CREDENTIAL = "credential";
    private static final String SET_UP = "set-up";
    private static final List<String> ACTIONS = List.of(SET_UP, "delete-passkey", "delete-app", "new-codes");

    private final OwnAuthenticators authenticators;
    private final AccountPage page;
    private final Pages pages;

    @Inject
    AccountFactors(OwnAuthenticators authenticators, AccountPage page, Pages pages) {
        this.authenticators = authenticators;
        this.page = page;
        this.pages = pages;
    }

    /** Whether a form changes second factors. */
    boolean isOne(HttpServletRequest request) {
        return ACTIONS.contains(field(request, "action"))
                || field(request, "step").equals(NEW_PASSKEY);
    }

    /** Whether the sign-in has proved all that its user has; the first factor is set up by another sign-in. */
    boolean isEnough(Visitor visitor) {
        return visitor.signIn().authentication().methods().areTwoFactors();
    }

    /**
     * Changes what the form says.
     *
     * @return false where this has answered already
     */
    boolean change(HttpServletRequest request, HttpServletResponse response, Visitor visitor) throws IOException {
        User user = visitor.user();
        AccountTexts texts = AccountPage.texts(request);
        try {
            if (field(request, "step").equals(NEW_PASSKEY)) {
                return addPasskey(request, response, user, texts);
            }
            switch (field(request, "action")) {
                case "delete-passkey" -> authenticators.deletePasskey(user, "", UUID.fromString(field(request, "id")));
                case "delete-app" -> authenticators.deleteTotp(user, "");
                case "new-codes" -> {
                    Map<String, Object> model = new HashMap<>();
                    model.put("lang", texts.language());
                    model.put("t", texts.onThePage());
                    model.put("title", texts.text("page.codesTitle"));
                    model.put("codes", authenticators.replaceRecoveryCodes(user, ""));
                    pages.show(response, 200, "account-codes", model, null);
                    return false;
                }
                default -> {} // the sign-in that led here has set one up
            }
            return true;
        } catch (ApiException refused) {
            String key = refused.status() == 409 ? "error.factorRequired" : "error.passkey";
            page.show(request, response, refused.status(), visitor, null, texts.text(key));
            return false;
        } catch (IllegalArgumentException noId) {
            page.show(request, response, 400, visitor, null, texts.text("error.refused"));
            return false;
        }
    }

    private boolean addPasskey(HttpServletRequest request, HttpServletResponse response, User user, AccountTexts texts)
            throws IOException {
        String form = field(request, FormGuard.FIELD);
        String credential = field(request, CREDENTIAL);
        if (credential.isEmpty()) {
            response.setHeader("Cache-Control", "no-store");
            response.setContentType("application/json");
            response.getOutputStream()
                    .write(StrictJson.mapper().writeValueAsBytes(authenticators.askForPasskey(user, form)));
            return false;
        }
        int number = authenticators.of(user, "").passkeys().size() + 1;
        authenticators.addPasskey(user, "", form, texts.text("passkey.name", number), credential);
        return true;
    }

    /** What the page shows of them. */
    static Map<String, Object> shown(AuthenticatorsBody body, AccountTexts texts) {
        Map<String, Object> model = new HashMap<>();
        model.put(
                "passkeys",
                body.passkeys().stream()
                        .map(passkey -> Map.of("id", passkey.id(), "name", passkey.name()))
                        .toList());
        boolean none = body.passkeys().isEmpty() && body.totp() == null;
        model.put("app", body.totp() != null);
        model.put("noFactors", none);
        model.put("someFactors", !none);
        model.put("recoveryCodes", texts.text("codes.left", body.recoveryCodes()));
        return model;
    }

    private static String field(HttpServletRequest request, String name) {
        return Optional.ofNullable(request.getParameter(name)).orElse("");
    }
}
