package org.lapse.access.oauth;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
        Locale language = Messages.languageOf(request);
        String longest = DurationInWords.of(language, grants.longestLife(call.client()));
        List<String> apis = audiences.isSame(call.audience(), "") ? List.of() : audiences.of(call.audience());
        Map<String, Object> model = Map.ofEntries(
                Map.entry("title", Messages.text(language, "consent.title", application)),
                Map.entry("lang", language.getLanguage()),
                Map.entry("w", Messages.words(language, "consent-page")),
                Map.entry(
                        "errors",
                        error.map(key -> Messages.text(language, key)).stream().toList()),
                Map.entry("user", Messages.text(language, "consent.user", usernameOf(signIn))),
                Map.entry("scopes", scopesOf(call, language)),
                Map.entry("elsewhere", !apis.isEmpty()),
                Map.entry("apis", apis),
                Map.entry("lifetime", Messages.text(language, "consent.lifetime", longest)),
                Map.entry("back", Messages.text(language, "consent.back", placeOf(call.redirectUri()))),
                Map.entry("hidden", hidden));
        pages.show(response, status, "consent", model, call.redirectUri());
    }

    /** What the application could do; signing in is what it asks for at the least. */
    private static List<String> scopesOf(AuthorizationCall call, Locale language) {
        List<String> described = GrantedScope.words(call.scope()).stream()
                .flatMap(word -> OAuthScope.ofWireName(word).stream())
                .map(scope -> descriptionOf(scope, language))
                .toList();
        return described.isEmpty() ? List.of(descriptionOf(OAuthScope.OPENID, language)) : described;
    }

    /** The German stands with the other sentences of the pages; a colon would end a key there. */
    static String descriptionOf(OAuthScope scope, Locale language) {
        return language.equals(Locale.GERMAN)
                ? Messages.text(language, "scope." + scope.wireName().replace(':', '.'))
                : scope.description();
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
