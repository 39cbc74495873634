package org.lapse.platform.api;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A range of IP addresses in CIDR notation, such as {@code 192.0.2.0/24}, {@code 2001:db8::/32} or a single address.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4632#section-3.1">RFC 4632, section 3.1</a>
 */
public final class AddressRange {
    private static final Pattern NOTATION =
            Pattern.compile("([0-9.]{7,15}|[0-9A-Fa-f.:]*:[0-9A-Fa-f.:]*)(?:/(\\d{1,3}))?");
    private static final Pattern IPV4 = Pattern.compile("(\\d{1,3}\\.){3}\\d{1,3}");

    private final String text;
    private final byte[] address;
    private final int prefix;

    private AddressRange(String text, byte[] address, int prefix) {
        this.text = text;
        this.address = address;
        this.prefix = prefix;
    }

    /**
     * The range of that notation.
     *
     * @throws IllegalArgumentException if it is none; names of hosts are none
     */
    public static AddressRange of(String text) {
        Matcher notation = NOTATION.matcher(text);
        if (!notation.matches()) {
            throw new IllegalArgumentException("An address range is written as 192.0.2.0/24 or 2001:db8::/32.");
        }
        byte[] address = bytes(notation.group(1));
        int bits = address.length * Byte.SIZE;
        int prefix = notation.group(2) == null ? bits : Integer.parseInt(notation.group(2));
        if (prefix > bits) {
            throw new IllegalArgumentException("A prefix has from 0 to " + bits + " bits.");
        }
        return new AddressRange(text, address, prefix);
    }

    /** Whether a text is an IP address, and no name. */
    static boolean isAddress(String text) {
        try {
            bytes(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /**
     * Whether an address lies in this range; what is no address lies in none. The zone of an IPv6 address does not
     * count.
     */
    public boolean contains(String ip) {
        int zone = ip.indexOf('%');
        String plain = zone < 0 ? ip : ip.substring(0, zone);
        if (!isAddress(plain)) {
            return false;
        }
        byte[] asked = bytes(plain);
        if (asked.length != address.length) {
            return false;
        }
        int whole = prefix / Byte.SIZE;
        int rest = prefix % Byte.SIZE;
        int mask = 0xFF << (Byte.SIZE - rest) & 0xFF;
        return Arrays.equals(asked, 0, whole, address, 0, whole)
                && (rest == 0 || ((asked[whole] ^ address[whole]) & mask) == 0);
    }

    /** Never asks a name server: what is written without a colon must have four numbers. */
    private static byte[] bytes(String ip) {
        if (ip.indexOf(':') < 0 && !IPV4.matcher(ip).matches()) {
            throw new IllegalArgumentException("That is no IP address.");
        }
        try {
            return InetAddress.getByName(ip).getAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("That is no IP address.", e);
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
