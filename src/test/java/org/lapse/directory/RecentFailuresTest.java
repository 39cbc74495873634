package org.lapse.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What is known of an address from which wrong passwords came. */
class RecentFailuresTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final RecentFailures failures = new RecentFailures();

    @Test
    void failuresOfAnAddressAddUp() {
        assertThat(failures.reserve("192.0.2.7", NOW)).isZero();
        assertThat(failures.reserve("192.0.2.7", NOW)).isEqualTo(1);
        assertThat(failures.reserve("192.0.2.8", NOW)).isZero();
    }

    @Test
    void whatIsGivenBackDoesNotCount() {
        failures.reserve("192.0.2.7", NOW);
        failures.reserve("192.0.2.7", NOW);

        failures.giveBack("192.0.2.7");
        failures.giveBack("192.0.2.8");

        assertThat(failures.reserve("192.0.2.7", NOW)).isEqualTo(1);
        assertThat(failures.reserve("192.0.2.8", NOW)).isZero();
    }

    @Test
    void failuresAreForgottenAfterTheWindow() {
        failures.reserve("192.0.2.7", NOW);

        assertThat(failures.reserve("192.0.2.7", NOW.plus(RecentFailures.WINDOW).minusMillis(1)))
                .isEqualTo(1);
        assertThat(failures.reserve("192.0.2.7", NOW.plus(RecentFailures.WINDOW)))
                .isZero();
    }

    @Test
    void addressesOfOneIpv6NetworkAreOne() {
        failures.reserve("2001:db8:0:1::7", NOW);

        assertThat(failures.reserve("2001:0db8:0000:0001:ffff::1", NOW)).isEqualTo(1);
        assertThat(failures.reserve("2001:db8:0:1::7%eth0", NOW)).isEqualTo(2);
        assertThat(failures.reserve("2001:db8:0:2::7", NOW)).isZero();
    }

    @Test
    void ipv4AddressWrittenAsIpv6IsTheSame() {
        failures.reserve("192.0.2.7", NOW);

        assertThat(failures.reserve("::ffff:192.0.2.7", NOW)).isEqualTo(1);
    }

    @Test
    void whatIsNoAddressIsCountedAsItIsWritten() {
        failures.reserve("not:an:address", NOW);

        assertThat(failures.reserve("not:an:address", NOW)).isEqualTo(1);
    }

    @Test
    void addressThatFailedLongestAgoIsForgottenWhereThereAreTooMany() {
        failures.reserve("192.0.2.7", NOW);
        failures.reserve("192.0.2.8", NOW);
        failures.reserve("192.0.2.7", NOW);
        for (int i = 1; i < RecentFailures.MOST_ADDRESSES; i++) {
            failures.reserve("address " + i, NOW);
        }

        assertThat(failures.reserve("192.0.2.7", NOW)).isEqualTo(2);
        assertThat(failures.reserve("192.0.2.8", NOW)).isZero();
    }
}
