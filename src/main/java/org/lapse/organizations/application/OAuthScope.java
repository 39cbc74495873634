package org.lapse.organizations.application;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The scopes that an application can be granted.
 *
 * @see <a href="https://openid.net/specs/openid-connect-core-1_0.html#ScopeClaims">OpenID Connect Core 1.0, section
 *     5.4</a>
 */
public enum OAuthScope {
    /** An ID token that says who has signed in. */
    OPENID("Know who has signed in"),
    /** The user's name at the userinfo endpoint. */
    PROFILE("Read the user's name"),
    /** The user's e-mail address at the userinfo endpoint. */
    EMAIL("Read the user's e-mail address");

    private final String description;

    OAuthScope(String description) {
        this.description = description;
    }

    /** The word in the parameter {@code scope}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What it lets an application do, in English. */
    String description() {
        return description;
    }

    static Optional<OAuthScope> ofWireName(String wireName) {
        return Arrays.stream(values())
                .filter(scope -> scope.wireName().equals(wireName))
                .findFirst();
    }
}
