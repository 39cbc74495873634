package org.lapse.access.oauth;

import java.util.Set;
import java.util.UUID;
import org.lapse.organizations.application.Application;
import org.lapse.organizations.application.ApplicationState;

/**
 * An application seen through OAuth, as it stood when it was read.
 *
 * @param application the application; its collections are the ones below
 * @param redirectUris the addresses to which people may be sent back
 * @param roleNames the names of the roles that it has on its own
 * @param permissions the wire names of what it may do on its own
 */
record Client(Application application, Set<String> redirectUris, Set<String> roleNames, Set<String> permissions) {
    static Client of(Application application) {
        return new Client(application, application.redirectUris(), application.roleNames(), application.permissions());
    }

    /** The {@code client_id}. */
    String id() {
        return application.id();
    }

    UUID organizationId() {
        return application.organizationId();
    }

    /** Whether it may have tokens. */
    boolean isActive() {
        return application.state() == ApplicationState.ACTIVE;
    }
}
