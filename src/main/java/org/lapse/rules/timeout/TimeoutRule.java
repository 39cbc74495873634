package org.lapse.rules.timeout;

/** Who can set a limit to the time that a session may go unused. */
public enum TimeoutRule {

    /** The bundle with the best priority among those that hold a group of the user. */
    GROUP("group", "the timeout of the user's group bundle"),

    /** The administrator's timeout for the whole organization. */
    ORGANIZATION("organization", "the organization-wide timeout"),

    /** An option of the application, such as {@code inactivity-timeout} in its section {@code [security]}. */
    APPLICATION("application", "the application's"),

    /** The maximum that holds for organizations that handle health records. */
    HIPAA("hipaa", "the HIPAA maximum"),

    /** Nobody set a limit: only the absolute life of the session ends it. */
    NONE("none", "no timeout");

    private final String wireName;
    private final String words;

    TimeoutRule(String wireName, String words) {
        this.wireName = wireName;
        this.words = words;
    }

    /** The name of the rule in interfaces and in the database. */
    public String wireName() {
        return wireName;
    }

    /** What the rule sets, in the middle of a sentence. */
    String words() {
        return words;
    }
}
