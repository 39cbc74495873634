package org.lapse.organizations.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Which addresses are one, and what limits there are. */
class GuessingAddressTest {
    @Test
    void addressesOfOneIpv6NetworkAreOne() {
        String network = GuessingAddress.networkOf("2001:db8:0:1::7");

        assertThat(GuessingAddress.networkOf("2001:0db8:0000:0001:ffff::1")).isEqualTo(network);
        assertThat(GuessingAddress.networkOf("2001:db8:0:1::7%eth0")).isEqualTo(network);
        assertThat(GuessingAddress.networkOf("2001:db8:0:2::7")).isNotEqualTo(network);
    }

    @Test
    void ipv4AddressWrittenAsIpv6IsTheSame() {
        assertThat(GuessingAddress.networkOf("::ffff:192.0.2.7")).isEqualTo(GuessingAddress.networkOf("192.0.2.7"));
    }

    @Test
    void whatIsNoAddressIsCountedAsItIsWritten() {
        assertThat(GuessingAddress.networkOf("not:an:address")).isEqualTo("not:an:address");
    }

    @Test
    void limitThatCannotBeIsRefused() {
        assertThatThrownBy(() -> new AddressLimit(-1, Duration.ofMinutes(1)))
                .hasMessageContaining("lapse.password.address-failures");
        assertThatThrownBy(() -> new AddressLimit(1, Duration.ZERO))
                .hasMessageContaining("lapse.password.address-window");
    }
}
