package org.lapse.organizations.authenticator;

import com.nimbusds.jose.util.Base64URL;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;

/** An authenticator with one key, without a device: what a browser sends of it, as JSON. */
public final class SoftAuthenticator {
    private static final int PRESENT = 0x01;
    private static final int VERIFIED = 0x04;
    private static final int ATTESTED = 0x40;

    private final String origin;
    private final byte[] credentialId = new byte[32];
    private final KeyPair key;
    private byte[] userHandle = new byte[0];
    private int counter = 1;
    private boolean verifiesUser = true;

    /** One in a browser that shows pages of that origin. */
    public SoftAuthenticator(String origin) {
        this.origin = origin;
        new SecureRandom().nextBytes(credentialId);
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            this.key = generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** From now on it asks nobody for a finger or a PIN. */
    public void askNobody() {
        verifiesUser = false;
    }

    /** Puts its counter back, as a copy of it would have it. */
    public void setBack(int to) {
        counter = to;
    }

    /** A {@code RegistrationResponseJSON}. */
    public String create(PasskeyOptions.Creation options) {
        userHandle = Base64.getUrlDecoder().decode(options.user().id());
        byte[] data = concat(
                authenticatorData(options.rp().id(), ATTESTED),
                new byte[16],
                ByteBuffer.allocate(2).putShort((short) credentialId.length).array(),
                credentialId,
                coseKey());
        byte[] attestation = concat(
                new byte[] {(byte) 0xa3},
                text("fmt"),
                text("none"),
                text("attStmt"),
                new byte[] {(byte) 0xa0},
                text("authData"),
                new byte[] {0x59, (byte) (data.length >> 8), (byte) data.length},
                data);
        return """
                {"id":"%1$s","rawId":"%1$s","type":"public-key","clientExtensionResults":{},
                "response":{"clientDataJSON":"%2$s","attestationObject":"%3$s","transports":["internal"]}}""".formatted(
                        encoded(credentialId),
                        encoded(clientData("webauthn.create", options.challenge())),
                        encoded(attestation));
    }

    /** An {@code AuthenticationResponseJSON}. */
    public String get(PasskeyOptions.Request options) {
        return get(options.rpId(), options.challenge());
    }

    /** The same for what was asked in JSON. */
    public String get(String relyingParty, String challenge) {
        counter++;
        byte[] data = authenticatorData(relyingParty, 0);
        byte[] client = clientData("webauthn.get", challenge);
        return """
                {"id":"%1$s","rawId":"%1$s","type":"public-key","clientExtensionResults":{},
                "response":{"clientDataJSON":"%2$s","authenticatorData":"%3$s","signature":"%4$s","userHandle":"%5$s"}}""".formatted(
                        encoded(credentialId),
                        encoded(client),
                        encoded(data),
                        encoded(signature(concat(data, digest(client)))),
                        encoded(userHandle));
    }

    private byte[] authenticatorData(String relyingParty, int flags) {
        return concat(
                digest(relyingParty.getBytes(StandardCharsets.UTF_8)),
                new byte[] {(byte) (flags | PRESENT | (verifiesUser ? VERIFIED : 0))},
                ByteBuffer.allocate(4).putInt(counter).array());
    }

    private byte[] clientData(String type, String challenge) {
        return """
                {"type":"%s","challenge":"%s","origin":"%s","crossOrigin":false}""".formatted(type, challenge, origin).getBytes(StandardCharsets.UTF_8);
    }

    /** An EC2 key for ES256 on P-256 (RFC 9053 section 7.1.1). */
    private byte[] coseKey() {
        ECPublicKey publicKey = (ECPublicKey) key.getPublic();
        return concat(
                new byte[] {(byte) 0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20},
                coordinate(publicKey.getW().getAffineX().toByteArray()),
                new byte[] {0x22, 0x58, 0x20},
                coordinate(publicKey.getW().getAffineY().toByteArray()));
    }

    private static byte[] coordinate(byte[] number) {
        byte[] fixed = new byte[32];
        int length = Math.min(32, number.length);
        System.arraycopy(number, number.length - length, fixed, 32 - length, length);
        return fixed;
    }

    private byte[] signature(byte[] signed) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(key.getPrivate());
            signature.update(signed);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] digest(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] text(String text) {
        return concat(new byte[] {(byte) (0x60 + text.length())}, text.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        Arrays.stream(parts).forEach(part -> {
            try {
                all.write(part);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        return all.toByteArray();
    }

    private static String encoded(byte[] bytes) {
        return Base64URL.encode(bytes).toString();
    }
}
