package org.lapse.organizations.authenticator;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How sure a sign-in makes us that somebody is who they say, in the words of NIST.
 *
 * @see <a href="https://pages.nist.gov/800-63-4/sp800-63b.html#AAL_SEC4">NIST SP 800-63B-4, authentication assurance
 *     levels</a>
 */
public enum AssuranceLevel {
    /** One factor, such as the password. */
    AAL1,
    /** Two factors: the password and another, or a passkey that verifies its user. */
    AAL2;

    /** Its value of {@code acr}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The values of {@code acr} that there are. */
    public static List<String> wireNames() {
        return Arrays.stream(values()).map(AssuranceLevel::wireName).toList();
    }

    /** The lowest level that an {@code acr_values} accepts; {@link #AAL1} where it names none of ours. */
    public static AssuranceLevel lowestOf(String acrValues) {
        List<String> accepted = List.of(acrValues.split(" ", -1));
        return Arrays.stream(values())
                .filter(level -> accepted.contains(level.wireName()))
                .findFirst()
                .orElse(AAL1);
    }
}
