package org.lapse.access.oauth;

import com.nimbusds.oauth2.sdk.pkce.CodeChallenge;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.lapse.platform.page.Unguessable;

/**
 * Anybody who redeems a code must have asked for it: PKCE with S256, which is asked of every client.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7636">RFC 7636</a>
 */
final class ProofKey {
    private ProofKey() {}

    /** Whether a challenge can be a SHA-256 in base64url. */
    static boolean hasForm(String challenge) {
        return Unguessable.hasForm(challenge);
    }

    /** Whether the challenge was made from that verifier; compared in constant time. */
    static boolean matches(String challenge, CodeVerifier verifier) {
        return MessageDigest.isEqual(
                challenge.getBytes(StandardCharsets.US_ASCII),
                CodeChallenge.compute(CodeChallengeMethod.S256, verifier)
                        .getValue()
                        .getBytes(StandardCharsets.US_ASCII));
    }
}
