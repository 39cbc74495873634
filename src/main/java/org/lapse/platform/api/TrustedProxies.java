package org.lapse.platform.api;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The proxies that are believed: they may ask the gate, and what they say of where a request came from is true. Anybody
 * else's word is not heard.
 *
 * <p>A proxy appends the address that it sees to {@code X-Forwarded-For}, whatever stands there already. So the header
 * is read from its end, for as long as it was a trusted proxy that wrote; what stands further left the client may have
 * invented.
 */
@Singleton
public class TrustedProxies {
    private static final String FORWARDED_FOR = "X-Forwarded-For";

    /** As some proxies write an address: {@code 192.0.2.7:443}, {@code [2001:db8::7]}, {@code [2001:db8::7]:443}. */
    private static final Pattern WITH_PORT = Pattern.compile("\\[([^]]*)](?::\\d+)?|([0-9.]+):\\d+");

    private static final int MOST_KNOWN = 1024;

    private final List<AddressRange> ranges;

    /** Addresses that were found in a range, so that the same proxy's is not read for each of its requests. */
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    /**
     * The proxies in these ranges.
     *
     * @param ranges in CIDR notation
     * @throws IllegalArgumentException if one of them is none
     */
    @Inject
    public TrustedProxies(
            @ConfigProperty(name = "lapse.gate.trusted-proxies", defaultValue = "127.0.0.0/8,::1")
                    List<String> ranges) {
        this.ranges =
                ranges.stream().map(range -> AddressRange.of(range.strip())).toList();
    }

    /** Whether it is a trusted proxy that is connected to us, whatever the request says. */
    public boolean sent(HttpServletRequest request) {
        return contains(connectedTo(request));
    }

    private boolean contains(String address) {
        if (known.contains(address)) {
            return true;
        }
        boolean trusted = ranges.stream().anyMatch(range -> range.contains(address));
        if (trusted && known.size() < MOST_KNOWN) {
            known.add(address);
        }
        return trusted;
    }

    /**
     * The address from which a request came: of anybody who is connected to us or, where that is a trusted proxy, the
     * last address in {@code X-Forwarded-For} that is none.
     */
    public String clientOf(HttpServletRequest request) {
        String client = connectedTo(request);
        if (!contains(client) || request.getHeader(FORWARDED_FOR) == null) {
            return client;
        }
        for (String hop : fromTheEnd(request.getHeaders(FORWARDED_FOR))) {
            String address = withoutPort(hop.strip());
            if (!AddressRange.isAddress(address)) {
                return client;
            }
            client = address;
            if (!contains(client)) {
                return client;
            }
        }
        return client;
    }

    /** The address at the other end of the connection; empty where a server does not know it any more. */
    private static String connectedTo(HttpServletRequest request) {
        return Objects.requireNonNullElse(request.getRemoteAddr(), "");
    }

    private static List<String> fromTheEnd(Enumeration<String> lines) {
        List<String> hops = new ArrayList<>();
        while (lines.hasMoreElements()) {
            hops.addAll(List.of(lines.nextElement().split(",", -1)));
        }
        Collections.reverse(hops);
        return hops;
    }

    private static String withoutPort(String hop) {
        Matcher withPort = WITH_PORT.matcher(hop);
        if (!withPort.matches()) {
            return hop;
        }
        return withPort.group(1) == null ? withPort.group(2) : withPort.group(1);
    }
}
