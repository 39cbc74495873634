package org.lapse.organizations.directory;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The wrong passwords that strangers have lately given at an address, over all names, and how long strangers there must
 * wait for the next try. Of an IPv6 address its network counts.
 */
@Entity
class GuessingAddress {
    /** The half of an IPv6 address that its user cannot choose (RFC 4291 section 2.5.1). */
    private static final int NETWORK_BYTES = 8;

    @Id
    private String network;

    private int failures;
    private Instant begunAt;
    private Instant blockedUntil;

    @SuppressWarnings("NullAway.Init") // the persistence provider fills the fields
    protected GuessingAddress() {}

    /** How many wrong ones there were, with those that are being checked. */
    int failures() {
        return failures;
    }

    Instant blockedUntil() {
        return blockedUntil;
    }

    /** How long the next password must wait. */
    Duration remainingWait(AddressLimit limit, Instant now) {
        return limit.isReachedBy(failures) && now.isBefore(blockedUntil)
                ? Duration.between(now, blockedUntil)
                : Duration.ZERO;
    }

    /** Counts a password as wrong before it is checked; those of the time before are forgotten. */
    void reserve(AddressLimit limit, Instant now) {
        if (!now.isBefore(begunAt.plus(limit.window()))) {
            failures = 0;
            begunAt = now;
        }
        failures++;
        blockedUntil = now.plus(limit.waitAfter(failures));
    }

    /** The password was wrong, as counted. The wait begins with the answer. */
    void confirm(AddressLimit limit, Instant now) {
        Instant until = now.plus(limit.waitAfter(failures));
        if (until.isAfter(blockedUntil)) {
            blockedUntil = until;
        }
    }

    /**
     * The password was right, or never looked at.
     *
     * @param reservedUntil how long its reservation blocked the address
     */
    void giveBack(Instant reservedUntil, Instant now) {
        failures = Math.max(0, failures - 1);
        if (blockedUntil.equals(reservedUntil)) { // nobody else has blocked it since
            blockedUntil = now;
        }
    }

    /** Anybody who has an IPv6 address has 2 to the 64 of them. */
    static String networkOf(String address) {
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
}
