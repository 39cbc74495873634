package org.lapse.organizations.authenticator;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.lapse.middle.LapseInJavaSE;
import org.lapse.organizations.directory.Organizations;
import org.lapse.organizations.directory.User;

/** Users of the demonstration's organization, with authenticators to test with. */
public final class Enrolled {
    /** The password of each. */
    public static final String PASSWORD = "demo-Passw0rd!";

    private final LapseInJavaSE lapse;
    private final OneTimeCodes codes;
    private final Passkeys passkeys;
    private final User user;

    private Enrolled(LapseInJavaSE lapse) {
        this.lapse = lapse;
        this.codes = lapse.get(OneTimeCodes.class);
        this.passkeys = lapse.get(Passkeys.class);
        UUID organizationId = lapse.get(Organizations.class)
                .findByDomain("demo")
                .orElseThrow()
                .id();
        String name = UUID.randomUUID() + "@demo.example";
        this.user = new User(
                organizationId,
                name,
                "Somebody",
                lapse.hashOf(PASSWORD),
                lapse.clock().now());
        lapse.inTransaction(() -> lapse.entities().persist(user));
    }

    /** A new user, who has nothing but the password. */
    public static Enrolled somebody(LapseInJavaSE lapse) {
        return new Enrolled(lapse);
    }

    /** The user. */
    public User user() {
        return user;
    }

    /** Sets an authenticator app up; answers its secret. The code that confirms it is the one of a while ago. */
    public byte[] withApp() {
        OneTimeCodes.Enrolment enrolment = codes.begin(user, "test", now());
        byte[] secret = decoded(enrolment.secret());
        if (!codes.confirm(user, "test", null, TimeBasedCode.at(secret, now().minus(TimeBasedCode.STEP)), now())) {
            throw new AssertionError("The code was refused");
        }
        return secret;
    }

    /** What the app with that secret shows now. */
    public String codeOf(byte[] secret) {
        return TimeBasedCode.at(secret, now());
    }

    /** Ten recovery codes. */
    public List<String> withRecoveryCodes() {
        return codes.replaceRecoveryCodes(user, null, now());
    }

    /** Adds a passkey of an authenticator. */
    public SoftAuthenticator withPasskey() {
        SoftAuthenticator authenticator =
                new SoftAuthenticator(lapse.get(RelyingParty.class).origins().get(0));
        PasskeyBinding binding = PasskeyBinding.ofEnrolment(user.id().toString(), "test");
        String made = authenticator.create(passkeys.askToCreate(user, binding, now()));
        if (!passkeys.enrol(user, binding, null, "Key", made, now())) {
            throw new AssertionError("The passkey was refused");
        }
        return authenticator;
    }

    private Instant now() {
        return lapse.clock().now();
    }

    /** The bytes of a text in Base32. */
    public static byte[] decoded(String base32) {
        byte[] bytes = new byte[base32.length() * 5 / 8];
        int buffer = 0;
        int bits = 0;
        int next = 0;
        for (int i = 0; i < base32.length(); i++) {
            buffer = (buffer << 5) | "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(base32.charAt(i));
            bits += 5;
            if (bits >= 8) {
                bits -= 8;
                bytes[next++] = (byte) (buffer >> bits);
            }
        }
        return bytes;
    }
}
