package org.lapse.application;

import java.util.Set;

/**
 * An application was made, changed or deleted, or one of its roles was: its options, state, secret, redirect URIs or
 * permissions may be others. Fired inside the transaction, after the change was written; holds as soon as it has
 * succeeded.
 *
 * @param application the application as it was written; its collections are the ones below
 * @param version counts the changes of all that this tells
 * @param rules what holds for its sessions
 * @param redirectUris the addresses to which people may be sent back
 * @param roleNames the names of the roles that it has on its own
 * @param permissions the wire names of what it may do on its own
 */
public record ApplicationChanged(
        Application application,
        long version,
        ApplicationRules rules,
        Set<String> redirectUris,
        Set<String> roleNames,
        Set<String> permissions) {
    static ApplicationChanged of(Application application, ApplicationRules rules) {
        return new ApplicationChanged(
                application,
                application.version(),
                rules,
                application.redirectUris(),
                application.roleNames(),
                application.permissions());
    }

    /** Its id. */
    public String applicationId() {
        return application.id();
    }
}
