package org.lapse.organizations.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** How suspect a password is by the address that it comes from. */
class AddressHistoryTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final String ADDRESS = "192.0.2.7";
    private static final byte[] ALICE = "the digest of alice".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] BOB = "another digest, of bob".getBytes(StandardCharsets.US_ASCII);

    private final AddressHistory history = new AddressHistory();

    @Test
    void suspicionGrowsMoreSlowlyThanTheFailures() {
        assertThat(suspicionAfter(0)).isEqualTo(1);
        assertThat(suspicionAfter(1)).isEqualTo(2);
        assertThat(suspicionAfter(2)).isEqualTo(3);
        assertThat(suspicionAfter(3)).isEqualTo(3);
        assertThat(suspicionAfter(4)).isEqualTo(4);
        assertThat(suspicionAfter(1000)).isEqualTo(11);
    }

    @Test
    void anotherAddressIsNotSuspect() {
        fail(ADDRESS, 100);

        assertThat(history.reserve("192.0.2.8", ALICE, NOW)).isEqualTo(1);
    }

    @Test
    void whoHasGivenTheRightPasswordThereIsNotSuspectWhoeverElseGuesses() {
        history.reserve(ADDRESS, ALICE, NOW);
        history.succeeded(ADDRESS, ALICE);
        fail(ADDRESS, 100);

        assertThat(history.reserve(ADDRESS, ALICE, NOW)).isZero();
        assertThat(history.reserve(ADDRESS, BOB, NOW)).isEqualTo(8);
        assertThat(history.reserve("192.0.2.8", ALICE, NOW)).isEqualTo(1);
    }

    @Test
    void whatIsGivenBackDoesNotCount() {
        fail(ADDRESS, 2);

        history.giveBack(ADDRESS);
        history.giveBack(ADDRESS);
        history.giveBack(ADDRESS);

        assertThat(history.reserve(ADDRESS, BOB, NOW)).isEqualTo(1);
    }

    @Test
    void rightPasswordIsNoFailure() {
        history.reserve(ADDRESS, ALICE, NOW);
        history.succeeded(ADDRESS, ALICE);

        assertThat(history.reserve(ADDRESS, BOB, NOW)).isEqualTo(1);
    }

    @Test
    void failuresAreForgottenAfterTheWindow() {
        fail(ADDRESS, 1);

        assertThat(history.reserve(ADDRESS, BOB, NOW.plus(AddressHistory.WINDOW).minusMillis(1)))
                .isEqualTo(2);
        assertThat(history.reserve(ADDRESS, BOB, NOW.plus(AddressHistory.WINDOW)))
                .isEqualTo(1);
    }

    @Test
    void addressesOfOneIpv6NetworkAreOne() {
        fail("2001:db8:0:1::7", 1);

        assertThat(history.reserve("2001:0db8:0000:0001:ffff::1", BOB, NOW)).isEqualTo(2);
        assertThat(history.reserve("2001:db8:0:1::7%eth0", BOB, NOW)).isEqualTo(3);
        assertThat(history.reserve("2001:db8:0:2::7", BOB, NOW)).isEqualTo(1);
    }

    @Test
    void ipv4AddressWrittenAsIpv6IsTheSame() {
        fail(ADDRESS, 1);

        assertThat(history.reserve("::ffff:" + ADDRESS, BOB, NOW)).isEqualTo(2);
    }

    @Test
    void whatIsNoAddressIsCountedAsItIsWritten() {
        fail("not:an:address", 1);

        assertThat(history.reserve("not:an:address", BOB, NOW)).isEqualTo(2);
    }

    @Test
    void addressThatFailedLongestAgoIsForgottenWhereThereAreTooMany() {
        fail(ADDRESS, 1);
        fail("192.0.2.8", 1);
        fail(ADDRESS, 1);
        for (int i = 1; i < AddressHistory.MOST_ADDRESSES; i++) {
            fail("address " + i, 1);
        }

        assertThat(history.reserve(ADDRESS, BOB, NOW)).isEqualTo(3);
        assertThat(history.reserve("192.0.2.8", BOB, NOW)).isEqualTo(1);
    }

    private static int suspicionAfter(int failures) {
        AddressHistory history = new AddressHistory();
        for (int i = 0; i < failures; i++) {
            history.reserve(ADDRESS, BOB, NOW);
        }
        return history.reserve(ADDRESS, BOB, NOW);
    }

    private void fail(String address, int times) {
        for (int i = 0; i < times; i++) {
            history.reserve(address, BOB, NOW);
        }
    }
}
