package org.lapse.organizations.directory;

import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What this node has lately seen of addresses: how many wrong passwords came from each, and who gave a right one there.
 *
 * <p>It decides who waits longer for a hash, and refuses nobody, because many people may share one address. So it is
 * kept in memory alone, and only as much of it as fits.
 */
@Singleton
class AddressHistory {
    /** So long after the first failure of an address all of them are forgotten. */
    static final Duration WINDOW = Duration.ofMinutes(15);

    static final int MOST_ADDRESSES = 10_000;

    /** Of these a hash is kept each: where two have the same, somebody comes sooner who need not. */
    static final int MOST_FAMILIAR = 50_000;

    /** The half of an IPv6 address that its user cannot choose (RFC 4291 section 2.5.1). */
    private static final int NETWORK_BYTES = 8;

    private final Map<String, Failures> failures = new Bounded<>(MOST_ADDRESSES);
    private final Map<Long, Boolean> familiar = new Bounded<>(MOST_FAMILIAR);

    /**
     * Counts a failure in advance.
     *
     * @param subject for whom a password is given there
     * @return how suspect that is: 0 where the last password for that name from there was right; otherwise the more,
     *     the more wrong ones came from there. Not in proportion: of those who share an address nobody's turn moves
     *     away while others guess
     */
    synchronized int reserve(String address, byte[] subject, Instant now) {
        String network = networkOf(address);
        Failures known = failures.get(network);
        Failures counted = known == null || !now.isBefore(known.begun.plus(WINDOW)) ? new Failures(0, now) : known;
        failures.put(network, new Failures(counted.count + 1, counted.begun));
        return familiar.containsKey(hash(network, subject)) ? 0 : 1 + bitLength(counted.count);
    }

    /** Takes a failure back that was counted in advance, because nobody looked at the password. */
    synchronized void giveBack(String address) {
        failures.computeIfPresent(
                networkOf(address),
                (network, counted) -> counted.count > 1 ? new Failures(counted.count - 1, counted.begun) : null);
    }

    /** The password was right: it was no failure, and anybody who gives that name there again is no stranger. */
    synchronized void succeeded(String address, byte[] subject) {
        giveBack(address);
        familiar.put(hash(networkOf(address), subject), true);
    }

    private static int bitLength(int count) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(count);
    }

    private static long hash(String network, byte[] subject) {
        return 31 * ByteBuffer.wrap(subject).getLong() + network.hashCode();
    }

    /** Anybody who has an IPv6 address has 2 to the 64 of them. */
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

    /** A map that forgets what was not asked for for longest. */
    private static final class Bounded<K, V> extends LinkedHashMap<K, V> {
        private static final long serialVersionUID = 1L;

        private final int most;

        private Bounded(int most) {
            super(16, 0.75f, true);
            this.most = most;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > most;
        }
    }
}
