package org.lapse.organizations.authenticator;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import javax.crypto.spec.SecretKeySpec;

/**
 * The codes that an authenticator app shows: six digits, another each 30 seconds, of HMAC-SHA-1, which is what all apps
 * know. The code before and the one after the present one are accepted too, because clocks differ and people type.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6238">RFC 6238</a>
 */
final class TimeBasedCode {
    /** How long a code is shown. */
    static final Duration STEP = Duration.ofSeconds(30);

    static final int DIGITS = 6;

    private static final TimeBasedOneTimePasswordGenerator GENERATOR =
            new TimeBasedOneTimePasswordGenerator(STEP, DIGITS);
    private static final Pattern FORM = Pattern.compile("\\d{" + DIGITS + "}");

    private TimeBasedCode() {}

    /** What people typed, without the blanks that some apps show. */
    static String normalized(String typed) {
        return typed.replaceAll("\\s", "");
    }

    /** The time step whose code this is, of the present one and its neighbours; empty where it is none of theirs. */
    static OptionalLong timeStep(byte[] secret, String typed, Instant now) {
        String code = normalized(typed);
        if (!FORM.matcher(code).matches()) {
            return OptionalLong.empty();
        }
        OptionalLong found = OptionalLong.empty();
        for (int step = -1; step <= 1; step++) { // all three, so that the time tells nothing
            Instant moment = now.plus(STEP.multipliedBy(step));
            if (isSame(at(secret, moment), code)) {
                found = OptionalLong.of(Math.floorDiv(moment.getEpochSecond(), STEP.toSeconds()));
            }
        }
        return found;
    }

    /** The code at a moment. */
    static String at(byte[] secret, Instant moment) {
        try {
            return GENERATOR.generateOneTimePasswordString(
                    new SecretKeySpec(secret, GENERATOR.getAlgorithm()), moment, Locale.ROOT);
        } catch (InvalidKeyException e) {
            throw new IllegalArgumentException("The secret is no key", e);
        }
    }

    private static boolean isSame(String expected, String code) {
        return MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.US_ASCII), code.getBytes(StandardCharsets.US_ASCII));
    }
}
