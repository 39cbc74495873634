package org.lapse.organizations.application;

import java.util.Arrays;
import java.util.Optional;

/** How an application may come by its tokens, under the vendor's names. */
public enum AuthorizedGrantType {
    /** Authorization code with PKCE, for people (RFC 6749 section 4.1, RFC 7636). */
    CODE("CODE"),
    /** Client credentials, for the application on its own (RFC 6749 section 4.4). */
    CLIENT_CREDENTIALS("CLIENT-CREDENTIALS");

    private final String wireName;

    AuthorizedGrantType(String wireName) {
        this.wireName = wireName;
    }

    /** The vendor's name for it. */
    public String wireName() {
        return wireName;
    }

    static Optional<AuthorizedGrantType> ofWireName(String wireName) {
        return Arrays.stream(values())
                .filter(type -> type.wireName.equals(wireName))
                .findFirst();
    }
}
