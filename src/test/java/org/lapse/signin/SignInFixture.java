package org.lapse.signin;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** Sign-ins to test with. */
public final class SignInFixture {
    private SignInFixture() {}

    /** Somebody who gave the password at that moment. */
    public static SignIn at(Instant moment) {
        return new SignIn(
                UUID.randomUUID(), UUID.randomUUID(), new byte[32], moment, moment.plus(Duration.ofHours(12)));
    }
}
