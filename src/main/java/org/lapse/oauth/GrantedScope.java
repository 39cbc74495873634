package org.lapse.oauth;

import com.nimbusds.oauth2.sdk.Scope;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The scopes that mean something here. What else an application asks for is left out of what it gets, and the answer
 * says so: a scope that nobody has to consent to must not look like a permission to other services.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-3.3">RFC 6749, section 3.3</a>
 */
final class GrantedScope {
    static final String OPENID = "openid";
    static final String PROFILE = "profile";
    static final String EMAIL = "email";
    static final List<String> KNOWN = List.of(OPENID, PROFILE, EMAIL);

    private GrantedScope() {}

    /** What is granted of what was asked for, space-separated, in our own order. */
    static String of(Optional<String> asked) {
        List<String> words = List.of(asked.orElse("").split(" ", -1));
        return KNOWN.stream().filter(words::contains).collect(Collectors.joining(" "));
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
