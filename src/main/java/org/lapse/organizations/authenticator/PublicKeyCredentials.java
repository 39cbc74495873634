package org.lapse.organizations.authenticator;

import com.webauthn4j.WebAuthnManager;
import com.webauthn4j.converter.AttestedCredentialDataConverter;
import com.webauthn4j.converter.exception.DataConversionException;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.credential.CredentialRecord;
import com.webauthn4j.credential.CredentialRecordImpl;
import com.webauthn4j.data.AuthenticationData;
import com.webauthn4j.data.AuthenticationParameters;
import com.webauthn4j.data.AuthenticatorTransport;
import com.webauthn4j.data.PublicKeyCredentialParameters;
import com.webauthn4j.data.PublicKeyCredentialType;
import com.webauthn4j.data.RegistrationData;
import com.webauthn4j.data.RegistrationParameters;
import com.webauthn4j.data.attestation.authenticator.AttestedCredentialData;
import com.webauthn4j.data.attestation.authenticator.AuthenticatorData;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import com.webauthn4j.data.attestation.statement.NoneAttestationStatement;
import com.webauthn4j.data.client.CollectedClientData;
import com.webauthn4j.util.exception.WebAuthnException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Reads and verifies what browsers send of authenticators, by webauthn4j. Where an authenticator comes from is not asked:
 * attestation would tell people apart by their devices.
 *
 * @see <a href="https://www.w3.org/TR/webauthn-3/#sctn-rp-operations">WebAuthn Level 3, section 7</a>
 */
@Singleton
class PublicKeyCredentials {
    /** The signature algorithms that we verify, the best first. */
    static final List<COSEAlgorithmIdentifier> ALGORITHMS =
            List.of(COSEAlgorithmIdentifier.ES256, COSEAlgorithmIdentifier.EdDSA, COSEAlgorithmIdentifier.RS256);

    /** More than any authenticator sends. */
    private static final int LONGEST = 16_384;

    private static final Logger LOG = Logger.getLogger(PublicKeyCredentials.class.getName());

    private final RelyingParty relyingParty;
    private final ObjectConverter converter = new ObjectConverter();
    private final WebAuthnManager manager = WebAuthnManager.createNonStrictWebAuthnManager(converter);
    private final AttestedCredentialDataConverter attested = new AttestedCredentialDataConverter(converter);

    @Inject
    PublicKeyCredentials(RelyingParty relyingParty) {
        this.relyingParty = relyingParty;
    }

    /** A {@code RegistrationResponseJSON}; empty where it cannot be read. */
    Optional<RegistrationData> readRegistration(String json) {
        return read(json, manager::parseRegistrationResponseJSON, "clientDataJSON", "attestationObject");
    }

    /** An {@code AuthenticationResponseJSON}; empty where it cannot be read. */
    Optional<AuthenticationData> readAuthentication(String json) {
        return read(json, manager::parseAuthenticationResponseJSON, "clientDataJSON", "authenticatorData", "signature");
    }

    /** The challenge that the authenticator signed; empty where there is none. */
    static Optional<byte[]> challengeOf(CollectedClientData data) {
        return Optional.ofNullable(data).map(CollectedClientData::getChallenge).map(challenge -> challenge.getValue());
    }

    /**
     * A new credential.
     *
     * @param challenge what was asked to be signed
     * @return empty where it is not good
     */
    Optional<Passkey.Credential> verify(RegistrationData registration, byte[] challenge) {
        List<PublicKeyCredentialParameters> permitted = ALGORITHMS.stream()
                .map(algorithm -> new PublicKeyCredentialParameters(PublicKeyCredentialType.PUBLIC_KEY, algorithm))
                .toList();
        try {
            manager.verify(
                    registration,
                    new RegistrationParameters(relyingParty.expecting(challenge), permitted, false, true));
        } catch (WebAuthnException e) {
            LOG.log(Level.FINE, "A new passkey was refused", e);
            return Optional.empty();
        }
        AuthenticatorData<?> data =
                Objects.requireNonNull(registration.getAttestationObject()).getAuthenticatorData();
        AttestedCredentialData credential = Objects.requireNonNull(data.getAttestedCredentialData());
        Set<AuthenticatorTransport> transports =
                Optional.ofNullable(registration.getTransports()).orElse(Set.of());
        return Optional.of(new Passkey.Credential(
                credential.getCredentialId(),
                attested.convert(credential),
                data.getSignCount(),
                transports.stream()
                        .map(AuthenticatorTransport::getValue)
                        .filter(value -> value.matches("[a-z-]{1,20}"))
                        .sorted()
                        .limit(8)
                        .toList(),
                data.isFlagBE(),
                data.isFlagBS()));
    }

    /**
     * Whether an authenticator has signed with that credential.
     *
     * @param challenge what was asked to be signed
     * @param userVerification whether it must have verified its user, by a PIN or a finger
     */
    Optional<Use> verify(
            AuthenticationData authentication,
            Passkey.Credential credential,
            byte[] challenge,
            UserVerification userVerification) {
        boolean required = userVerification == UserVerification.REQUIRED;
        try {
            manager.verify(
                    authentication,
                    new AuthenticationParameters(
                            relyingParty.expecting(challenge), recordOf(credential), null, required, true));
        } catch (WebAuthnException e) {
            LOG.log(Level.FINE, "A passkey was refused", e);
            return Optional.empty();
        }
        AuthenticatorData<?> data = Objects.requireNonNull(authentication.getAuthenticatorData());
        return Optional.of(new Use(data.getSignCount(), data.isFlagBS(), data.isFlagUV()));
    }

    private CredentialRecord recordOf(Passkey.Credential credential) {
        return new CredentialRecordImpl(
                new NoneAttestationStatement(),
                null,
                credential.backupEligible(),
                credential.backedUp(),
                credential.signatureCount(),
                attested.convert(credential.data()),
                null,
                null,
                null,
                credential.transports().stream()
                        .map(AuthenticatorTransport::create)
                        .collect(Collectors.toSet()));
    }

    /** webauthn4j asks what is in a response before it asks whether there is one, so the members are looked at first. */
    private <R> Optional<R> read(String json, Reader<R> reader, String... members) {
        if (json.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            JsonNode credential = converter.getJsonMapper().readTree(json);
            JsonNode response = credential.path("response");
            if (!hasText(credential, "rawId") || !Arrays.stream(members).allMatch(name -> hasText(response, name))) {
                return Optional.empty();
            }
            return Optional.ofNullable(reader.read(json));
        } catch (DataConversionException | JacksonException | IllegalArgumentException e) {
            LOG.log(Level.FINE, "What a browser sent of an authenticator cannot be read", e);
            return Optional.empty();
        }
    }

    private static boolean hasText(JsonNode object, String member) {
        JsonNode value = object.path(member);
        return value.isString() && !value.stringValue().isEmpty();
    }

    private interface Reader<R> {
        R read(String json);
    }

    /** Whether the authenticator must verify who uses it. */
    enum UserVerification {
        /** It must: nothing else proves who somebody is. */
        REQUIRED,
        /** It need not: the password was given too. */
        PREFERRED
    }

    /**
     * An authenticator has signed.
     *
     * @param signatureCount its counter
     * @param backedUp whether the key is synchronised by now
     * @param userVerified whether it verified its user
     */
    record Use(long signatureCount, boolean backedUp, boolean userVerified) {}
}
