package org.lapse.sessions.ledger;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The SHA-256 digest of an access token: what is known of a token, without the token. Kept as four numbers, which are
 * smaller than an array and quicker to compare.
 *
 * @see <a href="https://csrc.nist.gov/pubs/fips/180-4/upd1/final">FIPS 180-4, section 6.2</a>
 */
public final class TokenDigest {

    private static final int BYTES = 32;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    /**
     * Idle hash functions. A borrower takes one out of the place that its thread has, or makes a new one if the place
     * is empty. A thread-local would make one for every virtual thread.
     */
    private static final AtomicReferenceArray<MessageDigest> IDLE = new AtomicReferenceArray<>(64);

    private final long first;
    private final long second;
    private final long third;
    private final long fourth;

    private TokenDigest(byte[] digest) {
        first = (long) LONGS.get(digest, 0);
        second = (long) LONGS.get(digest, 8);
        third = (long) LONGS.get(digest, 16);
        fourth = (long) LONGS.get(digest, 24);
    }

    TokenDigest(long first, long second, long third, long fourth) {
        this.first = first;
        this.second = second;
        this.third = third;
        this.fourth = fourth;
    }

    /** The digest of an access token's UTF-8 bytes. */
    public static TokenDigest of(String token) {
        byte[] bytes = token.getBytes(StandardCharsets.UTF_8);
        int place = (int) Thread.currentThread().getId() & (IDLE.length() - 1);
        MessageDigest idle = IDLE.getAndSet(place, null);
        MessageDigest sha256 = idle == null ? sha256() : idle;
        TokenDigest digest = new TokenDigest(sha256.digest(bytes));
        IDLE.set(place, sha256);
        return digest;
    }

    /**
     * A digest that was stored.
     *
     * @throws IllegalArgumentException if there are not 32 bytes
     */
    public static TokenDigest ofBytes(byte[] digest) {
        if (digest.length != BYTES) {
            throw new IllegalArgumentException("A SHA-256 digest has " + BYTES + " bytes, not " + digest.length);
        }
        return new TokenDigest(digest);
    }

    /** The 32 bytes of the digest, for storing. */
    public byte[] bytes() {
        byte[] digest = new byte[BYTES];
        LONGS.set(digest, 0, first);
        LONGS.set(digest, 8, second);
        LONGS.set(digest, 16, third);
        LONGS.set(digest, 24, fourth);
        return digest;
    }

    /** Compares in constant time. */
    @Override
    public boolean equals(Object other) {
        return other instanceof TokenDigest that && equals(that.first, that.second, that.third, that.fourth);
    }

    /** Compares in constant time with a digest that is given as its four numbers. */
    boolean equals(long otherFirst, long otherSecond, long otherThird, long otherFourth) {
        return ((first ^ otherFirst) | (second ^ otherSecond) | (third ^ otherThird) | (fourth ^ otherFourth)) == 0;
    }

    @Override
    public int hashCode() {
        return hash(first);
    }

    /** The hash of a digest that begins with that number. */
    static int hash(long first) {
        return (int) first;
    }

    long first() {
        return first;
    }

    long second() {
        return second;
    }

    long third() {
        return third;
    }

    long fourth() {
        return fourth;
    }

    /** Says nothing about the token. */
    @Override
    public String toString() {
        return "TokenDigest";
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
