package org.lapse.application;

import java.util.Set;

/**
 * An application was made, changed or deleted, or one of its roles was changed. Fired inside a transaction, after the
 * change was written, and by a node that missed it; holds as soon as the transaction has succeeded.
 *
 * @param number the number of the change
 * @param rules what holds for the application's sessions from now on
 * @param client what OAuth knows of it from now on
 */
public record ApplicationChanged(long number, ApplicationRules rules, OAuthClient client) {
    /** The application's id. */
    public String applicationId() {
        return rules.applicationId();
    }

    /** The wire names of what it may do on its own from now on. */
    public Set<String> permissions() {
        return client.permissions();
    }
}
