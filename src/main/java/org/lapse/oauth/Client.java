package org.lapse.oauth;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.lapse.application.Application;
import org.lapse.application.ApplicationChanged;
import org.lapse.application.ApplicationState;

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

    /** The application as somebody has just changed it; empty if it was deleted. */
    static Optional<Client> of(ApplicationChanged changed) {
        return Optional.of(changed.application())
                .filter(application -> !application.isDeleted())
                .map(application ->
                        new Client(application, changed.redirectUris(), changed.roleNames(), changed.permissions()));
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
