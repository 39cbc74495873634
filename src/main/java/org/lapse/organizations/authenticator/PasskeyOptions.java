package org.lapse.organizations.authenticator;

import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.lapse.organizations.authenticator.PublicKeyCredentials.UserVerification;
import org.lapse.organizations.directory.User;

/** What a page hands to {@code navigator.credentials}; bytes are base64url. */
public final class PasskeyOptions {
    private static final String TYPE = "public-key";

    private PasskeyOptions() {}

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static List<Descriptor> descriptors(List<Passkey> passkeys) {
        return passkeys.stream()
                .map(Passkey::credential)
                .map(credential -> new Descriptor(TYPE, text(credential.id()), credential.transports()))
                .toList();
    }

    /**
     * A {@code PublicKeyCredentialRequestOptionsJSON}.
     *
     * @param challenge what is to be signed
     * @param rpId for whom the passkey was made
     * @param timeout for how long it may take, in milliseconds
     * @param userVerification whether the authenticator has to verify its user
     * @param allowCredentials the passkeys that will do; none for any
     */
    public record Request(
            String challenge, String rpId, long timeout, String userVerification, List<Descriptor> allowCredentials) {
        static Request of(
                RelyingParty relyingParty,
                byte[] challenge,
                List<Passkey> passkeys,
                UserVerification userVerification) {
            return new Request(
                    text(challenge),
                    relyingParty.id(),
                    PasskeyChallenges.LIFETIME.toMillis(),
                    userVerification.name().toLowerCase(Locale.ROOT),
                    descriptors(passkeys));
        }
    }

    /**
     * A {@code PublicKeyCredentialCreationOptionsJSON}.
     *
     * @param challenge what is to be signed
     * @param rp for whom the passkey is made
     * @param user of whom
     * @param pubKeyCredParams the algorithms that will do
     * @param timeout for how long it may take, in milliseconds
     * @param excludeCredentials the passkeys that there are already
     * @param authenticatorSelection which authenticator is best
     * @param attestation always {@code none}
     */
    public record Creation(
            String challenge,
            Party rp,
            Person user,
            List<Algorithm> pubKeyCredParams,
            long timeout,
            List<Descriptor> excludeCredentials,
            Selection authenticatorSelection,
            String attestation) {
        static Creation of(
                RelyingParty relyingParty, byte[] challenge, byte[] handle, User user, List<Passkey> passkeys) {
            return new Creation(
                    text(challenge),
                    new Party(relyingParty.id(), relyingParty.name()),
                    new Person(text(handle), user.username(), user.name()),
                    PublicKeyCredentials.ALGORITHMS.stream()
                            .map(COSEAlgorithmIdentifier::getValue)
                            .map(algorithm -> new Algorithm(TYPE, algorithm))
                            .toList(),
                    PasskeyChallenges.LIFETIME.toMillis(),
                    descriptors(passkeys),
                    new Selection("preferred", "preferred"),
                    "none");
        }
    }

    /** A passkey by its credential id. */
    public record Descriptor(String type, String id, List<String> transports) {}

    /** For whom passkeys are made. */
    public record Party(String id, String name) {}

    /** Of whom: the handle, the name for signing in, and what people call the user. */
    public record Person(String id, String name, String displayName) {}

    /** An algorithm by its number in COSE. */
    public record Algorithm(String type, long alg) {}

    /** Which authenticator is best: one that is found without a name, and that verifies its user. */
    public record Selection(String residentKey, String userVerification) {}
}
