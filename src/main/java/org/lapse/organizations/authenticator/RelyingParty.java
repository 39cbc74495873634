package org.lapse.organizations.authenticator;

import com.webauthn4j.data.client.Origin;
import com.webauthn4j.data.client.challenge.DefaultChallenge;
import com.webauthn4j.server.ServerProperty;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.lapse.platform.api.IssuerIdentifier;
import org.lapse.platform.page.Brand;

/**
 * For whom passkeys are made: the host of the issuer, or {@code lapse.passkey.relying-party}, a domain of which that
 * host is a part. Passkeys that were made for another one are not found any more.
 *
 * @see <a href="https://www.w3.org/TR/webauthn-3/#relying-party-identifier">WebAuthn Level 3, relying party
 *     identifier</a>
 */
@Singleton
public class RelyingParty {
    private final String id;
    private final String name;
    private final List<String> origins;

    @Inject
    RelyingParty(
            IssuerIdentifier issuer,
            Brand brand,
            @ConfigProperty(name = "lapse.passkey.relying-party") Optional<String> id,
            @ConfigProperty(name = "lapse.passkey.origins") Optional<String> others) {
        this.id = id.map(domain -> domain.strip().toLowerCase(Locale.ROOT)).orElse(issuer.host());
        this.name = brand.name();
        this.origins = Stream.concat(
                        Stream.of(issuer.origin()),
                        others.stream()
                                .flatMap(given -> Arrays.stream(given.split(",", -1)))
                                .map(origin -> origin.strip().toLowerCase(Locale.ROOT))
                                .filter(origin -> !origin.isEmpty()))
                .distinct()
                .toList();
    }

    /** The identifier: a domain. */
    public String id() {
        return id;
    }

    /** What authenticators show. */
    String name() {
        return name;
    }

    /** The origins of pages that may use passkeys: the issuer's, and those of {@code lapse.passkey.origins}. */
    public List<String> origins() {
        return origins;
    }

    ServerProperty expecting(byte[] challenge) {
        Set<Origin> permitted = origins.stream().map(Origin::new).collect(Collectors.toSet());
        return ServerProperty.builder()
                .origins(permitted)
                .rpId(id)
                .challenge(new DefaultChallenge(challenge))
                .build();
    }
}
