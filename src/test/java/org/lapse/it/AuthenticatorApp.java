package org.lapse.it;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import java.security.InvalidKeyException;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.spec.SecretKeySpec;
import org.lapse.organizations.authenticator.Enrolled;

/** Somebody's authenticator app, whose clock is the server's. */
final class AuthenticatorApp {
    private static final Pattern SECRET = Pattern.compile("secret=([A-Z2-7]+)");

    private final LapseSystem lapse;
    private final SecretKeySpec key;

    private AuthenticatorApp(LapseSystem lapse, String uri) {
        Matcher secret = SECRET.matcher(uri.replace("&#x3D;", "="));
        if (!secret.find()) {
            throw new AssertionError("No secret in what should set an app up");
        }
        this.lapse = lapse;
        this.key = new SecretKeySpec(Enrolled.decoded(secret.group(1)), "HmacSHA1");
    }

    /** One that is set up with an address, or with the page on which that stands. */
    static AuthenticatorApp setUpWith(LapseSystem lapse, String uri) {
        return new AuthenticatorApp(lapse, uri);
    }

    /** What it shows now. */
    String code() {
        try {
            return new TimeBasedOneTimePasswordGenerator().generateOneTimePasswordString(key, now(), Locale.ROOT);
        } catch (InvalidKeyException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Outside of demonstration mode nobody puts the server's clock forward. */
    private Instant now() {
        return lapse.get("/demo/clock").statusCode() == 404 ? Instant.now() : lapse.now();
    }

    /** Set up by a user who has signed in just now. */
    static AuthenticatorApp of(LapseSystem lapse, TokenHolder holder) {
        String path = "/api/v2/users/me/authenticators/totp";
        AuthenticatorApp app = setUpWith(
                lapse, holder.post(path, "").expect(200).json().required("uri").asText());
        holder.post(path + "/confirmation", "{\"code\":\"" + app.code() + "\"}").expect(200);
        return app;
    }
}
