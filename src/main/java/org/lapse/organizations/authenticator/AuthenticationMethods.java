package org.lapse.organizations.authenticator;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * How somebody has proved who they are, as tokens tell it.
 *
 * @param names the values of {@code amr} (RFC 8176)
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8176#section-2">RFC 8176, section 2</a>
 */
public record AuthenticationMethods(Set<String> names) {
    /** The password, and nothing else. */
    public static final AuthenticationMethods PASSWORD = new AuthenticationMethods(Set.of("pwd"));

    static final String MFA = "mfa";

    private static final Set<String> OF_PASSKEY = Set.of("pop", "user");
    private static final Set<String> OF_CODE = Set.of("otp");

    /** Keeps them in one order. */
    public AuthenticationMethods {
        names = Collections.unmodifiableSortedSet(new TreeSet<>(names));
    }

    static AuthenticationMethods passkey(Set<String> besides) {
        return new AuthenticationMethods(OF_PASSKEY).with(besides);
    }

    /** The password and a code, or a recovery code. */
    public static AuthenticationMethods passwordAndCode() {
        return PASSWORD.with(OF_CODE).with(Set.of(MFA));
    }

    /** The password and a passkey. */
    public static AuthenticationMethods passwordAndPasskey() {
        return PASSWORD.with(OF_PASSKEY).with(Set.of(MFA));
    }

    /** As it is stored: space-separated. */
    public static AuthenticationMethods parse(String stored) {
        return new AuthenticationMethods(Set.copyOf(Arrays.asList(stored.split(" ", -1))));
    }

    /** As it is stored: space-separated. */
    public String stored() {
        return String.join(" ", names);
    }

    /** These, in order. */
    public List<String> amr() {
        return List.copyOf(names);
    }

    /** How sure they make us. */
    public AssuranceLevel level() {
        return areTwoFactors() ? AssuranceLevel.AAL2 : AssuranceLevel.AAL1;
    }

    /** The same, as tokens tell it. */
    public String acr() {
        return level().wireName();
    }

    /** Whether two factors were proved. */
    public boolean areTwoFactors() {
        return names.contains(MFA);
    }

    /** The same, counting for one factor. */
    public AuthenticationMethods withoutSecondFactor() {
        Set<String> one = new TreeSet<>(names);
        one.remove(MFA);
        return new AuthenticationMethods(one);
    }

    private AuthenticationMethods with(Collection<String> more) {
        Set<String> all = new TreeSet<>(names);
        all.addAll(more);
        return new AuthenticationMethods(all);
    }
}
