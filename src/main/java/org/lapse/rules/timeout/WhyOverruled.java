package org.lapse.rules.timeout;

/** Why a rule that sets a timeout does not decide. */
public enum WhyOverruled {

    /** Its timeout is longer than the one that holds. */
    LONGER("longer", " is longer than "),

    /** Its timeout is as long as the one that holds, and the other rule comes first. */
    EQUAL("equal", " equals "),

    /** A bundle of a better priority, or for the organization-wide timeout any bundle, speaks for the organization. */
    OVERRIDDEN("overridden", " gives way to ");

    private final String wireName;
    private final String words;

    WhyOverruled(String wireName, String words) {
        this.wireName = wireName;
        this.words = words;
    }

    /** The name in interfaces. */
    public String wireName() {
        return wireName;
    }

    /** Between the rule that is overruled and the one that overrules it. */
    String words() {
        return words;
    }

    static WhyOverruled comparing(TimeoutLimit loser, TimeoutLimit winner) {
        return winner.isShorterThan(loser) ? LONGER : EQUAL;
    }
}
