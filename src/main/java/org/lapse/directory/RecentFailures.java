package org.lapse.directory;

import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many wrong passwords lately came from an address, as this node has seen it. It decides who waits longer for a hash,
 * and refuses nobody: many people may share one address. So it is kept in memory alone, and only for so many addresses.
 */
@Singleton
class RecentFailures {
    /** So long after the first failure of an address all of them are forgotten. */
    static final Duration WINDOW = Duration.ofMinutes(15);

    static final int MOST_ADDRESSES = 10_000;

    /** The half of an IPv6 address that its user cannot choose (RFC 4291 section 2.5.1). */
    private static final int NETWORK_BYTES = 8;

    /** By network; whoever failed last stands last. */
    private final Map<String, Failures> byNetwork = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * Counts a failure in advance.
     *
     * @return how many there were before
     */
    synchronized int reserve(String address, Instant now) {
        Failures known = byNetwork.get(networkOf(address));
        Failures counted = known == null || !now.isBefore(known.begun.plus(WINDOW)) ? new Failures(0, now) : known;
        byNetwork.put(networkOf(address), new Failures(counted.count + 1, counted.begun));
        if (byNetwork.size() > MOST_ADDRESSES) {
            byNetwork.remove(byNetwork.keySet().iterator().next());
        }
        return counted.count;
    }

    /** Takes a failure back that was counted in advance and was none. */
    synchronized void giveBack(String address) {
        byNetwork.computeIfPresent(
                networkOf(address),
                (network, failures) -> failures.count > 1 ? new Failures(failures.count - 1, failures.begun) : null);
    }

    /** Whoever has an IPv6 address has 2 to the 64 of them. */
    private static String networkOf(String address) {
        int zone = address.indexOf('%');
        String plain = zone < 0 ? address : address.substring(0, zone);
        if (plain.indexOf(':') < 0) {
            return plain;
        }
        try { // what has a colon is never looked up as a name
            byte[] bytes = InetAddress.getByName(plain).getAddress();
            return bytes.length > NETWORK_BYTES
                    ? HexFormat.of().formatHex(Arrays.copyOf(bytes, NETWORK_BYTES))
                    : InetAddress.getByAddress(bytes).getHostAddress();
        } catch (UnknownHostException notAnAddress) {
            return plain;
        }
    }

    private record Failures(int count, Instant begun) {}
}
