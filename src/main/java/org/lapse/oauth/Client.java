package org.lapse.oauth;

import java.util.Set;
import java.util.UUID;
import org.lapse.application.OAuthClient;

/**
 * Who asks an endpoint of ours for something, as it stood when it came.
 *
 * @param application the application that it is
 */
record Client(OAuthClient application) {
    /** The {@code client_id}. */
    String id() {
        return application.id();
    }

    UUID organizationId() {
        return application.organizationId();
    }

    /** Whether it may have tokens. */
    boolean isActive() {
        return application.isActive();
    }

    /** The addresses to which people may be sent back. */
    Set<String> redirectUris() {
        return application.redirectUris();
    }

    /** The names of the roles that it has on its own. */
    Set<String> roleNames() {
        return application.roleNames();
    }
}
