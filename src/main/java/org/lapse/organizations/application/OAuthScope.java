package org.lapse.organizations.application;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lapse.platform.api.PermissionScopes;

/**
 * A scope that an application can be granted: one of OpenID Connect, which tells who the user is, or one that limits
 * what the token may do.
 *
 * @param wireName the word in the parameter {@code scope}
 * @param description what it lets an application do, in English
 * @see <a href="https://openid.net/specs/openid-connect-core-1_0.html#ScopeClaims">OpenID Connect Core 1.0, section
 *     5.4</a>
 */
public record OAuthScope(String wireName, String description) {
    /** An ID token that says who has signed in. */
    public static final OAuthScope OPENID = new OAuthScope("openid", "Know who has signed in");

    /** The user's name at the userinfo endpoint. */
    public static final OAuthScope PROFILE = new OAuthScope("profile", "Read the user's name");

    /** The user's e-mail address at the userinfo endpoint. */
    public static final OAuthScope EMAIL = new OAuthScope("email", "Read the user's e-mail address");

    private static final Map<String, OAuthScope> BY_NAME = byName();

    private static Map<String, OAuthScope> byName() {
        List<OAuthScope> scopes = new ArrayList<>(List.of(OPENID, PROFILE, EMAIL));
        PermissionScopes.described().forEach((word, description) -> scopes.add(new OAuthScope(word, description)));
        Map<String, OAuthScope> byName = new LinkedHashMap<>();
        scopes.forEach(scope -> byName.put(scope.wireName, scope));
        return Collections.unmodifiableMap(byName);
    }

    /** All scopes there are, in the order in which a granted scope names them. */
    public static List<OAuthScope> values() {
        return List.copyOf(BY_NAME.values());
    }

    /** The scope of that name, if there is one. */
    public static Optional<OAuthScope> ofWireName(String wireName) {
        return Optional.ofNullable(BY_NAME.get(wireName));
    }

    /** Whether it stands for permissions: otherwise it only tells who the user is. */
    public boolean permits() {
        return !PermissionScopes.permissions(wireName).isEmpty();
    }

    /** Whether a client that may be granted that other scope may be granted this one in its place. */
    public boolean isWithin(String other) {
        return wireName.equals(other)
                || wireName.startsWith(other + ":")
                || (other.equals(PermissionScopes.ALL) && permits());
    }
}
