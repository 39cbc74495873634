package org.lapse.access.oauth;

import com.nimbusds.oauth2.sdk.Scope;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lapse.organizations.application.OAuthScope;

/**
 * The scopes that mean something here. What else an application asks for is left out of what it gets, and the answer
 * says so: a scope that nobody has to consent to must not look like a permission to other services.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-3.3">RFC 6749, section 3.3</a>
 */
final class GrantedScope {
    static final String OPENID = OAuthScope.OPENID.wireName();
    static final String PROFILE = OAuthScope.PROFILE.wireName();
    static final String EMAIL = OAuthScope.EMAIL.wireName();
    static final List<String> KNOWN =
            Arrays.stream(OAuthScope.values()).map(OAuthScope::wireName).toList();

    private GrantedScope() {}

    /**
     * What is granted of what was asked for, space-separated, in our own order.
     *
     * @param registered what the application may be granted; empty for everything
     */
    static String of(Optional<String> asked, Set<String> registered) {
        List<String> words = List.of(asked.orElse("").split(" ", -1));
        return KNOWN.stream()
                .filter(words::contains)
                .filter(word -> registered.isEmpty() || registered.contains(word))
                .collect(Collectors.joining(" "));
    }

    /** Whether a granted scope holds a word. */
    static boolean holds(String scope, String word) {
        return List.of(scope.split(" ", -1)).contains(word);
    }

    /** A granted scope for Nimbus; null where it is empty, because then messages leave it out. */
    static @Nullable Scope message(String scope) {
        return scope.isEmpty() ? null : Scope.parse(scope);
    }
}
