package org.lapse.access.oauth;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lapse.access.signin.SignIn;
import org.lapse.organizations.application.OAuthScope;
import org.lapse.organizations.directory.User;
import org.lapse.organizations.directory.Users;
import org.lapse.platform.api.TokenAudiences;
import org.lapse.platform.page.DurationInWords;
import org.lapse.platform.page.FormGuard;
import org.lapse.platform.page.Messages;
import org.lapse.platform.page.Pages;

/**
 * The page that asks the user whether an application may have what it asks for. It says who asks, for what, for how
 * long, as whom, at which other APIs, and where the answer goes.
 */
@Singleton
class ConsentPage {
    /** The button of the form that was pressed: {@value #ALLOW}, or any other value for no. */
    static final String DECISION = "decision";

    static final String ALLOW = "allow";

    /** Whom the page asked. */
    static final String USER = "user";

    private final Pages pages;
    private final FormGuard guard;
    private final Users users;
    private final TokenGrants grants;
    private final TokenAudiences audiences;

    @Inject
    ConsentPage(Pages pages, FormGuard guard, Users users, TokenGrants grants, TokenAudiences audiences) {
        this.pages = pages;
        this.guard = guard;
        this.users = users;
        this.grants = grants;
        this.audiences = audiences;
    }

    /** Asks the user of a sign-in. */
    void ask(
            AuthorizationCall call,
            Parameters parameters,
            SignIn signIn,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        show(call, parameters, signIn, 200, Optional.empty(), request, response);
    }

    /** Asks again: the form was not one that this browser was shown, or another user was asked. */
    void refuseForeignForm(
            AuthorizationCall call,
            Parameters parameters,
            SignIn signIn,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        show(call, parameters, signIn, 403, Optional.of("consent.form-not-ours"), request, response);
    }

    private void show(
            AuthorizationCall call,
            Parameters parameters,
            SignIn signIn,
            int status,
            Optional<String> error,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        String application = call.client().application().name();
        List<Map<String, String>> hidden =
                new ArrayList<>(HiddenField.of(parameters, SignInPage.KEPT, guard.valueFor(request, response)));
        hidden.add(Map.of("name", USER, "value", signIn.userId().toString()));
        String longest = DurationInWords.of(grants.longestLife(call.client()));
        List<String> apis = audiences.isSame(call.audience(), "") ? List.of() : audiences.of(call.audience());
        Map<String, Object> model = Map.of(
                "title", Messages.text("consent.title", application),
                "application", application,
                "errors", error.map(Messages::text).stream().toList(),
                "user", Messages.text("consent.user", usernameOf(signIn)),
                "scopes", scopesOf(call),
                "elsewhere", !apis.isEmpty(),
                "apis", apis,
                "lifetime", Messages.text("consent.lifetime", longest),
                "back", Messages.text("consent.back", placeOf(call.redirectUri())),
                "hidden", hidden);
        pages.show(response, status, "consent", model, call.redirectUri());
    }

    /** What the application could do; signing in is what it asks for at the least. */
    private static List<String> scopesOf(AuthorizationCall call) {
        List<String> described = GrantedScope.words(call.scope()).stream()
                .flatMap(word -> OAuthScope.ofWireName(word).stream())
                .map(OAuthScope::description)
                .toList();
        return described.isEmpty() ? List.of(OAuthScope.OPENID.description()) : described;
    }

    private String usernameOf(SignIn signIn) {
        return users.find(signIn.organizationId(), signIn.userId())
                .map(User::username)
                .orElse("");
    }

    /** Its scheme and host: the rest of an address can be made to look like anything. */
    private static String placeOf(String redirectUri) {
        URI uri = URI.create(redirectUri);
        return uri.getRawAuthority() == null ? uri.getScheme() + ":" : uri.getScheme() + "://" + uri.getRawAuthority();
    }
}
