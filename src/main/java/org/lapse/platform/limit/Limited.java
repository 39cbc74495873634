package org.lapse.platform.limit;

/** What nobody may make without an end. */
public enum Limited {
    /** The sessions of a user that have not ended, in all applications. */
    SESSIONS_OF_USER("sessions_of_user"),
    /** The sessions of a user in one application that have not ended. */
    SESSIONS_OF_USER_IN_APPLICATION("sessions_of_user_in_application"),
    /** The sessions of an application on its own that have not ended. */
    SESSIONS_OF_CLIENT("sessions_of_client"),
    /** The sessions that a user opens in a day in one application. */
    OPENINGS_OF_USER("openings_of_user"),
    /** The sessions that an application on its own opens in a day. */
    OPENINGS_OF_CLIENT("openings_of_client"),
    /** The holds of one session, or of one user, that are open. */
    HOLDS("holds"),
    /** The documents that applications store for a user. */
    CLIENT_STATES("client_states"),
    /** The notification channels of a user in an application, or of an application on its own. */
    CHANNELS("channels"),
    /** What a user, or an application on its own, tells in a day. */
    DIAGNOSTICS_OF_USER("diagnostics_of_user"),
    /** What all users of an application tell in a day. */
    DIAGNOSTICS_OF_CLIENT("diagnostics_of_client");

    private final String label;

    Limited(String label) {
        this.label = label;
    }

    /** Its name in the metrics and in the database. */
    public String label() {
        return label;
    }
}
