package org.lapse.access.oauth;

import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lapse.organizations.application.ClientSecret;
import org.lapse.organizations.application.OAuthClient;
import org.lapse.platform.cache.Versioned;

/**
 * Who asks an endpoint of ours for something, as it stood when it came.
 *
 * @param known the application that it is, and the number of its last change then
 * @param givenSecret the secret that it has given; null where it has given none
 */
record Client(Versioned<OAuthClient> known, @Nullable ClientSecret givenSecret) {
    /** One that has not said more than who it is. */
    Client(Versioned<OAuthClient> known) {
        this(known, null);
    }

    /** The same, with the secret that it has given. */
    Client giving(ClientSecret secret) {
        return new Client(known, secret);
    }

    /** The same as it is since a later change; what it has given is what it gave. */
    Client changedTo(Versioned<OAuthClient> later) {
        return new Client(later, givenSecret);
    }

    /** Whether it has given what it must: its secret, or none where it is public. */
    boolean isAuthenticated() {
        return givenSecret == null
                ? application().isPublicClient()
                : application().hasSecret(givenSecret);
    }

    /** The application that it is. */
    OAuthClient application() {
        return known.value();
    }

    /** The {@code client_id}. */
    String id() {
        return application().id();
    }

    UUID organizationId() {
        return application().organizationId();
    }

    /** Whether it may have tokens. */
    boolean isActive() {
        return application().isActive();
    }

    /** Whether people may be sent back with a code to that address. */
    boolean sendsBackTo(String address) {
        return application().sendsBackTo(address);
    }

    /** The addresses to which people may be sent back. */
    Set<String> redirectUris() {
        return application().redirectUris();
    }
}
