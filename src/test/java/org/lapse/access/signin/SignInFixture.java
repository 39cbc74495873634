package org.lapse.access.signin;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.lapse.middle.LapseInJavaSE;
import org.lapse.organizations.authenticator.AuthenticationMethods;
import org.lapse.organizations.directory.User;
import org.lapse.sessions.ledger.TokenDigest;

/** Sign-ins to test with. */
public final class SignInFixture {
    private SignInFixture() {}

    /** Somebody who gave the password at that moment. */
    public static SignIn at(Instant moment) {
        return new SignIn(
                UUID.randomUUID(),
                UUID.randomUUID(),
                new byte[32],
                null,
                byPassword(moment),
                moment.plus(Duration.ofHours(12)),
                null,
                null);
    }

    /** Somebody who gives the password now, in a browser of their own. */
    public static SignIn persisted(LapseInJavaSE lapse, User user) {
        Instant now = lapse.clock().now();
        byte[] cookie = TokenDigest.of(UUID.randomUUID().toString()).bytes();
        return lapse.get(SignInRows.class)
                .insert(user, cookie, null, byPassword(now), now.plus(Duration.ofHours(12)), null, null);
    }

    /** Somebody who gives the password at that moment. */
    public static Authentication byPassword(Instant moment) {
        return Authentication.of(moment, AuthenticationMethods.PASSWORD);
    }

    /** Ends a sign-in, which is managed by the present transaction. */
    public static void end(SignIn signIn, Instant now) {
        signIn.end(now);
    }
}
