package org.lapse.platform.api;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * For whom access tokens are: for us, unless the client names another API, which then knows the token as its own, and we
 * do not.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8707">RFC 8707, Resource Indicators for OAuth 2.0</a>
 */
@Singleton
public class TokenAudiences {
    private final String own;
    private final Set<String> known;

    /**
     * The audiences of this installation.
     *
     * @param audience the {@code aud} of tokens for which nobody names an API; the issuer where it is not configured
     * @param resources the other APIs that a client may name, separated by commas
     * @throws IllegalArgumentException if one of them is no absolute URI without a fragment
     */
    @Inject
    public TokenAudiences(
            IssuerIdentifier issuer,
            @ConfigProperty(name = "lapse.access-token.audience") Optional<String> audience,
            @ConfigProperty(name = "lapse.access-token.resources") Optional<String> resources) {
        this.own = audience.orElse(issuer.value());
        Set<String> all = new HashSet<>(Set.of(own));
        resources.ifPresent(list -> Arrays.stream(list.split(",", -1))
                .map(String::strip)
                .filter(resource -> !resource.isEmpty())
                .map(TokenAudiences::checked)
                .forEach(all::add));
        this.known = Set.copyOf(all);
    }

    private static String checked(String resource) {
        try {
            URI uri = new URI(resource);
            if (uri.isAbsolute() && uri.getRawFragment() == null) {
                return resource;
            }
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("lapse.access-token.resources holds no URI: " + resource, e);
        }
        throw new IllegalArgumentException(
                "lapse.access-token.resources holds absolute URIs without a fragment, not " + resource);
    }

    /** Whether a client may name an API: one of the others, or us. */
    public boolean isKnown(String resource) {
        return known.contains(resource);
    }

    /** The {@code aud} of a token. */
    public List<String> of(String audience) {
        return audience.isEmpty() ? List.of(own) : List.of(audience.split(" ", -1));
    }

    /** How APIs are written down, of which {@link #of} makes the same again; empty for us alone. */
    public String stored(Collection<String> apis) {
        return Set.copyOf(apis).equals(Set.of(own)) ? "" : String.join(" ", apis);
    }

    /** Whether two audiences are the same APIs. */
    public boolean isSame(String one, String other) {
        return Set.copyOf(of(one)).equals(Set.copyOf(of(other)));
    }

    /** Whether a token is for us. */
    public boolean isOurs(String audience) {
        return audience.isEmpty() || of(audience).contains(own);
    }
}
