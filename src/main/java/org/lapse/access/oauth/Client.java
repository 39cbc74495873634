package org.lapse.access.oauth;

import java.util.Set;
import java.util.UUID;
import org.lapse.organizations.application.OAuthClient;
import org.lapse.platform.cache.Versioned;

/**
 * Who asks an endpoint of ours for something, as it stood when it came.
 *
 * @param known the application that it is, and the number of its last change then
 */
record Client(Versioned<OAuthClient> known) {
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

    /** The addresses to which people may be sent back. */
    Set<String> redirectUris() {
        return application().redirectUris();
    }
}
