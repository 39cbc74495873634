package org.lapse.access.oauth;

import com.nimbusds.oauth2.sdk.pkce.CodeChallenge;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;
import org.lapse.platform.page.Unguessable;

/**
 * Anybody who redeems a code must have asked for it: PKCE with S256, which is asked of every client but those for which
 * an administrator has waived it, and which give a secret.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7636">RFC 7636</a>
 */
final class ProofKey {
    private ProofKey() {}

    /** Whether a challenge can be a SHA-256 in base64url. */
    static boolean hasForm(String challenge) {
        return Unguessable.hasForm(challenge);
    }

    /**
     * Whether the challenge was made from that verifier; compared in constant time. Where there was no challenge there
     * is no verifier, so that nobody takes the challenge away unnoticed (RFC 9700 section 4.8.2).
     */
    static boolean matches(String challenge, @Nullable CodeVerifier verifier) {
        if (challenge.isEmpty() || verifier == null) {
            return challenge.isEmpty() && verifier == null;
        }
        return MessageDigest.isEqual(
                challenge.getBytes(StandardCharsets.US_ASCII),
                CodeChallenge.compute(CodeChallengeMethod.S256, verifier)
                        .getValue()
                        .getBytes(StandardCharsets.US_ASCII));
    }
}
