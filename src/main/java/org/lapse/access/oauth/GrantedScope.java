package org.lapse.access.oauth;

import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.Scope;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lapse.organizations.application.OAuthClient;
import org.lapse.organizations.application.OAuthScope;
import org.lapse.platform.api.PermissionScopes;

/**
 * The scopes that mean something here, and that the application may be granted. What else it asks for is left out of
 * what it gets, at every grant, and the answer says so: a scope that means nothing here must not look like a permission
 * to other services. Where nothing is left, the answer is {@code invalid_scope}: one without {@code scope} would say
 * that all was granted.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-3.3">RFC 6749, section 3.3</a>
 */
final class GrantedScope {
    static final String OPENID = OAuthScope.OPENID.wireName();
    static final String PROFILE = OAuthScope.PROFILE.wireName();
    static final String EMAIL = OAuthScope.EMAIL.wireName();
    static final List<String> KNOWN =
            OAuthScope.values().stream().map(OAuthScope::wireName).toList();

    private GrantedScope() {}

    /**
     * What is granted of what was asked for, space-separated, in our own order. Who asks for nothing gets the
     * application's own.
     *
     * @throws OAuthRefusal {@code invalid_scope} where nothing is left of what was asked for
     */
    static String of(Optional<String> asked, OAuthClient application) {
        return unlessEmpty(left(asked, application), asked);
    }

    private static String left(Optional<String> asked, OAuthClient application) {
        Collection<String> words =
                asked.<Collection<String>>map(GrantedScope::words).orElseGet(application::defaultScopes);
        return OAuthScope.values().stream()
                .filter(scope -> words.contains(scope.wireName()))
                .filter(application::mayBeGranted)
                .map(OAuthScope::wireName)
                .collect(Collectors.joining(" "));
    }

    private static String unlessEmpty(String left, Optional<String> asked) {
        if (left.isEmpty() && asked.filter(scope -> !scope.isBlank()).isPresent()) {
            throw OAuthRefusal.of(
                    OAuth2Error.INVALID_SCOPE, "The application may be granted nothing of what it asks for.");
        }
        return left;
    }

    /**
     * The same for an application on its own, which asks for all that it may if it does not say.
     *
     * @throws OAuthRefusal {@code invalid_scope} where nothing is left
     */
    static String ofItself(Optional<String> asked, OAuthClient application) {
        return of(asked.or(() -> Optional.of(PermissionScopes.ALL)), application);
    }

    /** Whether an application may still be granted all that it was granted before. */
    static boolean isStill(String granted, OAuthClient application) {
        return left(Optional.of(granted), application).equals(granted);
    }

    /**
     * What a refresh is given of what was granted, which may be less, and is all if it does not say.
     *
     * @throws OAuthRefusal {@code invalid_scope} where more is asked for than was granted, or nothing is left
     * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-6">RFC 6749, section 6</a>
     */
    static String ofRefresh(String granted, Optional<String> asked) {
        if (asked.isEmpty()) {
            return granted;
        }
        List<String> grantedWords = words(granted);
        List<OAuthScope> wanted = words(asked.get()).stream()
                .map(OAuthScope::ofWireName)
                .flatMap(Optional::stream)
                .toList();
        if (!wanted.stream().allMatch(scope -> grantedWords.stream().anyMatch(scope::isWithin))) {
            throw OAuthRefusal.of(OAuth2Error.INVALID_SCOPE, "More scope is asked for than was granted.");
        }
        return unlessEmpty(
                OAuthScope.values().stream()
                        .filter(wanted::contains)
                        .map(OAuthScope::wireName)
                        .collect(Collectors.joining(" ")),
                asked);
    }

    /** Whether a scope holds nothing that is not within another. */
    static boolean isWithin(String scope, String other) {
        List<String> otherWords = words(other);
        return words(scope).stream()
                .map(OAuthScope::ofWireName)
                .flatMap(Optional::stream)
                .allMatch(word -> otherWords.stream().anyMatch(word::isWithin));
    }

    /** The words of a scope. */
    static List<String> words(String scope) {
        return scope.isEmpty() ? List.of() : List.of(scope.split(" ", -1));
    }

    /** Whether a granted scope holds a word. */
    static boolean holds(String scope, String word) {
        return PermissionScopes.holds(scope, word);
    }

    /** A granted scope for Nimbus; null where it is empty, because then messages leave it out. */
    static @Nullable Scope message(String scope) {
        return scope.isEmpty() ? null : Scope.parse(scope);
    }
}
