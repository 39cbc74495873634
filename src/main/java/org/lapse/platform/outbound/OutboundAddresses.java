package org.lapse.platform.outbound;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.lapse.platform.api.AddressRange;
import org.lapse.platform.api.DemonstrationMode;

/**
 * Which addresses that others chose this server may call: no private network unless {@code lapse.delivery.permit} names
 * it, so that nobody reaches the inside of a network through us.
 *
 * <p>What is looked at when an address is saved gives an early message. What counts is {@link #permits}, which is asked
 * about the IP address of each connection: a name that resolves differently the second time gains nothing.
 */
@Singleton
public class OutboundAddresses {
    private static final int LONGEST = 1000;
    private static final int HTTPS = 443;
    private static final int HTTP = 80;
    private static final Pattern PORT = Pattern.compile("\\d{1,5}");
    private static final int HIGHEST_PORT = 65_535;

    /** A host name (RFC 1123, section 2.1), or all below one. */
    private static final Pattern HOSTS =
            Pattern.compile("(\\*\\.)?[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*");

    private static final List<AddressRange> LOOPBACK = ranges("127.0.0.0/8", "::1/128");

    /** All of IPv4, and of IPv6 what is given out as global unicast (RFC 4291, section 2.4). */
    private static final List<AddressRange> UNICAST = ranges("0.0.0.0/0", "2000::/3");

    /**
     * No public hosts within these: the registries of special addresses (RFC 6890), what embeds IPv4 in IPv6, and the
     * address at which a cloud's machines reach its own services, public as it looks.
     */
    private static final List<AddressRange> SPECIAL = ranges(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "168.63.129.16/32",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4",
            "2001::/23",
            "2001:db8::/32",
            "2002::/16",
            "3fff::/20");

    private final List<AddressRange> permitted;
    private final List<String> hosts;
    private final Set<Integer> ports;
    private final boolean insecure;
    private final boolean demonstration;

    /**
     * The addresses that the configuration permits.
     *
     * @throws IllegalArgumentException if a range is not in CIDR notation, or what should be a host or a port is none
     */
    @Inject
    OutboundAddresses(
            @ConfigProperty(name = "lapse.delivery.permit") Optional<String> permitted,
            @ConfigProperty(name = "lapse.delivery.hosts") Optional<String> hosts,
            @ConfigProperty(name = "lapse.delivery.ports", defaultValue = "443") List<String> ports,
            @ConfigProperty(name = "lapse.delivery.insecure", defaultValue = "false") boolean insecure,
            DemonstrationMode demonstration) {
        this.permitted = words(permitted).map(OutboundAddresses::checkedRange).toList();
        this.hosts = words(hosts).map(OutboundAddresses::checkedHost).toList();
        this.ports = ports.stream().map(port -> checkedPort(port.strip())).collect(Collectors.toUnmodifiableSet());
        this.insecure = insecure;
        this.demonstration = demonstration.isOn();
    }

    private static AddressRange checkedRange(String range) {
        try {
            return AddressRange.of(range);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "lapse.delivery.permit holds ranges such as 10.0.0.0/8 or fd00::/8, not " + range, e);
        }
    }

    private static String checkedHost(String host) {
        String small = host.toLowerCase(Locale.ROOT);
        if (!HOSTS.matcher(small).matches()) {
            throw new IllegalArgumentException(
                    "lapse.delivery.hosts holds host names such as desk.example or *.apps.example, not " + host);
        }
        return small;
    }

    private static int checkedPort(String port) {
        int number = PORT.matcher(port).matches() ? Integer.parseInt(port) : 0;
        if (number < 1 || number > HIGHEST_PORT) {
            throw new IllegalArgumentException(
                    "lapse.delivery.ports holds ports from 1 to " + HIGHEST_PORT + ", not " + port);
        }
        return number;
    }

    /**
     * Keeps the rules for an address that is about to be saved, as far as they can be known then.
     *
     * @throws IllegalArgumentException with the reason where this server would never call it
     */
    public URI check(String address) {
        if (address.length() > LONGEST || address.chars().anyMatch(c -> c <= ' ' || c > '~')) {
            throw new IllegalArgumentException("The address has at most 1000 characters, all of them ASCII.");
        }
        URI uri;
        try {
            uri = new URI(address);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("The address is a URI (RFC 3986).", e);
        }
        if (uri.getHost() == null || !(isHttps(uri) || "http".equalsIgnoreCase(uri.getScheme()))) {
            throw new IllegalArgumentException("The address begins with https:// and names a host.");
        }
        if (uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException("The address has no user name and no fragment.");
        }
        mustBeOffered(uri);
        return uri;
    }

    /**
     * The rules that the configuration may have changed since an address was saved.
     *
     * @throws IllegalArgumentException with the reason
     */
    void mustBeOffered(URI uri) {
        if (demonstration && isLoopback(uri)) {
            return;
        }
        if (!isHttps(uri) && !insecure) {
            throw new IllegalArgumentException("The address begins with https://.");
        }
        int port = port(uri);
        if (!ports.contains(port) && !(insecure && port == HTTP)) {
            throw new IllegalArgumentException("The port " + port + " is not in lapse.delivery.ports.");
        }
        String host = host(uri);
        if (!hosts.isEmpty() && hosts.stream().noneMatch(pattern -> matches(pattern, host))) {
            throw new IllegalArgumentException("The host is not in lapse.delivery.hosts.");
        }
        if (isLiteral(host) && !permits(host)) {
            throw new IllegalArgumentException(
                    "The IP address is not public: lapse.delivery.permit does not permit it.");
        }
    }

    /** Whether a socket may connect there. */
    boolean permits(InetAddress address) {
        return permits(address.getHostAddress());
    }

    private boolean permits(String ip) {
        return contains(permitted, ip)
                || (demonstration && contains(LOOPBACK, ip))
                || (contains(UNICAST, ip) && !contains(SPECIAL, ip));
    }

    /** The host of an address, in small letters, without the brackets of IPv6. */
    static String host(URI uri) {
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    static int port(URI uri) {
        return uri.getPort() >= 0 ? uri.getPort() : isHttps(uri) ? HTTPS : HTTP;
    }

    static boolean isHttps(URI uri) {
        return "https".equalsIgnoreCase(uri.getScheme());
    }

    private static boolean isLoopback(URI uri) {
        String host = host(uri);
        return host.equals("localhost") || contains(LOOPBACK, host);
    }

    private static boolean isLiteral(String host) {
        return host.indexOf(':') >= 0 || contains(ranges("0.0.0.0/0"), host);
    }

    private static boolean matches(String pattern, String host) {
        return pattern.startsWith("*.") ? host.endsWith(pattern.substring(1)) : host.equals(pattern);
    }

    private static boolean contains(List<AddressRange> ranges, String ip) {
        return ranges.stream().anyMatch(range -> range.contains(ip));
    }

    private static Stream<String> words(Optional<String> list) {
        return list.stream()
                .flatMap(words -> Stream.of(words.split(",", -1)))
                .map(String::strip)
                .filter(word -> !word.isEmpty());
    }

    private static List<AddressRange> ranges(String... notations) {
        return Stream.of(notations).map(AddressRange::of).toList();
    }
}
