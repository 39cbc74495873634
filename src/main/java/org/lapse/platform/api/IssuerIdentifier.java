package org.lapse.platform.api;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Locale;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The address under which browsers and applications reach this server: {@code lapse.issuer}. It is the {@code iss} of
 * all tokens, so it must be the address that they see, not the one on which the server listens.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8414#section-2">RFC 8414, section 2</a>
 */
@Singleton
public class IssuerIdentifier {
    private final URI address;

    /**
     * The issuer of that address; a slash at the end is left away.
     *
     * @throws IllegalArgumentException if it is not an http or https address without query and fragment
     */
    @Inject
    public IssuerIdentifier(
            @ConfigProperty(name = "lapse.issuer", defaultValue = "http://localhost:8080") String address) {
        URI uri = URI.create(address.endsWith("/") ? address.substring(0, address.length() - 1) : address);
        boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
        if (!http || uri.getHost() == null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    "lapse.issuer is an http or https address without query and fragment, not " + address);
        }
        this.address = uri;
    }

    /** The address as it stands in tokens. */
    public String value() {
        return address.toString();
    }

    /** The address of an endpoint; {@code path} begins with a slash. */
    public URI endpoint(String path) {
        return URI.create(address + path);
    }

    /**
     * The address of a WebSocket endpoint: {@code ws}, or {@code wss} where the issuer is https; a slash begins {@code
     * path}.
     */
    public URI socketEndpoint(String path) {
        return URI.create(address.toString().replaceFirst("^http", "ws") + path);
    }

    /** The host in small letters, without the port. */
    public String host() {
        return address.getHost().toLowerCase(Locale.ROOT);
    }

    /** Whether browsers reach this server by TLS alone. */
    public boolean isSecure() {
        return "https".equals(address.getScheme());
    }

    /** The origin that browsers name when they send a form of ours back (RFC 6454 section 6.2). */
    public String origin() {
        return (address.getScheme() + "://" + address.getRawAuthority()).toLowerCase(Locale.ROOT);
    }
}
