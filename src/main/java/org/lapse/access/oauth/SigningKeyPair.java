package org.lapse.access.oauth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An RSA key pair, ready to sign and to verify. Making its signer decodes the key, and encoding a header takes as long
 * as encoding the claims; so each is made once, not for each token.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7515#section-5.1">RFC 7515, section 5.1</a>
 */
final class SigningKeyPair {
    static final JWSAlgorithm ALGORITHM = JWSAlgorithm.RS256;

    private final RSAKey jwk;
    private final JWSSigner signer;
    private final JWSVerifier verifier;

    /** The headers of the tokens by their {@code typ}, of which there are two. */
    private final Map<JOSEObjectType, JWSHeader> headers = new ConcurrentHashMap<>();

    /**
     * The pair of that key.
     *
     * @param jwk with its private part
     * @throws IllegalStateException if it has none, or is too short for RS256
     */
    SigningKeyPair(RSAKey jwk) {
        this.jwk = jwk;
        try {
            this.signer = new RSASSASigner(jwk);
            this.verifier = new RSASSAVerifier(jwk.toRSAPublicKey());
        } catch (JOSEException | IllegalArgumentException e) {
            throw new IllegalStateException("The signing key " + jwk.getKeyID() + " cannot sign", e);
        }
    }

    /** The {@code kid}. */
    String kid() {
        return jwk.getKeyID();
    }

    /** The key, with its private part. */
    RSAKey jwk() {
        return jwk;
    }

    /** A token with these claims in JWS compact serialization; {@code type} is its {@code typ}. */
    String sign(JOSEObjectType type, JWTClaimsSet claims) {
        SignedJWT token = new SignedJWT(headers.computeIfAbsent(type, this::header), claims);
        try {
            token.sign(signer);
        } catch (JOSEException e) {
            throw new IllegalStateException("The token cannot be signed", e);
        }
        return token.serialize();
    }

    /** Whether this pair has signed that token. */
    boolean hasSigned(SignedJWT token) {
        try {
            return ALGORITHM.equals(token.getHeader().getAlgorithm()) && token.verify(verifier);
        } catch (JOSEException e) {
            return false; // a token that cannot even be verified was not signed by us
        }
    }

    /** Only a header that was parsed keeps its encoded form; one that was built is encoded for each token. */
    private JWSHeader header(JOSEObjectType type) {
        JWSHeader built =
                new JWSHeader.Builder(ALGORITHM).type(type).keyID(kid()).build();
        try {
            return JWSHeader.parse(built.toBase64URL());
        } catch (ParseException e) {
            throw new IllegalStateException("Nimbus reads the headers that it writes", e);
        }
    }
}
