package org.lapse.platform.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lapse.platform.api.Demonstration;

class OutboundAddressesTest {
    private final OutboundAddresses byDefault =
            new OutboundAddresses(Optional.empty(), Optional.empty(), List.of("443"), false, Demonstration.off());

    static OutboundAddresses insecure(String port) {
        return new OutboundAddresses(Optional.empty(), Optional.empty(), List.of(port), true, Demonstration.off());
    }

    static OutboundAddresses inDemonstrationMode() {
        return new OutboundAddresses(Optional.empty(), Optional.empty(), List.of("443"), false, Demonstration.on());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "10.1.2.3",
                "100.64.0.1",
                "127.0.0.1",
                "127.255.255.254",
                "168.63.129.16",
                "169.254.169.254",
                "172.31.255.255",
                "192.0.0.8",
                "192.168.1.1",
                "198.19.0.1",
                "224.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:10.0.0.1",
                "::127.0.0.1",
                "::ffff:0:7f00:1",
                "::ffff:0:a00:1",
                "::1:0:0:1",
                "64:ff9b::a00:1",
                "64:ff9b:2::a00:1",
                "100:0:0:1::1",
                "1fff::1",
                "2001::1",
                "2001:db8::1",
                "2002:a00:1::1",
                "3fff::1",
                "4000::1",
                "fc00::1",
                "fd12:3456::1",
                "fe80::1",
                "fec0::1",
                "ff02::1"
            })
    void specialAddressesAreRefused(String ip) throws UnknownHostException {
        assertThat(byDefault.permits(InetAddress.getAllByName(ip)[0])).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"93.184.215.14", "172.32.0.1", "100.128.0.1", "168.63.129.17", "2606:2800:21f:cb07::1"})
    void publicAddressesArePermitted(String ip) throws UnknownHostException {
        assertThat(byDefault.permits(InetAddress.getAllByName(ip)[0])).isTrue();
    }

    @Test
    void privateNetworkIsPermittedWhereItIsNamed() throws UnknownHostException {
        OutboundAddresses some = new OutboundAddresses(
                Optional.of("10.0.0.0/8, fd00::/8"), Optional.empty(), List.of("443"), false, Demonstration.off());

        assertThat(some.permits(InetAddress.getAllByName("10.9.9.9")[0])).isTrue();
        assertThat(some.permits(InetAddress.getAllByName("fd00::1")[0])).isTrue();
        assertThat(some.permits(InetAddress.getAllByName("127.0.0.1")[0])).isFalse();
        assertThatCode(() -> some.check("https://10.9.9.9/logout")).doesNotThrowAnyException();
    }

    @Test
    void namedHostsAndPortsAreTheOnlyOnes() {
        OutboundAddresses some = new OutboundAddresses(
                Optional.empty(),
                Optional.of("desk.example,*.apps.example"),
                List.of("443", " 8443"),
                false,
                Demonstration.off());

        assertThatCode(() -> some.check("https://DESK.example:8443/logout")).doesNotThrowAnyException();
        assertThatCode(() -> some.check("https://one.apps.example/")).doesNotThrowAnyException();
        for (String address : List.of(
                "https://other.example/",
                "https://apps.example/",
                "https://xapps.example/",
                "https://desk.example:444/")) {
            assertThatThrownBy(() -> some.check(address)).as(address).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void demonstrationReachesItsOwnMachineAndNoOther() throws UnknownHostException {
        OutboundAddresses shown = inDemonstrationMode();

        assertThatCode(() -> shown.check("http://localhost:9999/logout")).doesNotThrowAnyException();
        assertThat(shown.permits(InetAddress.getAllByName("::1")[0])).isTrue();
        assertThat(shown.permits(InetAddress.getAllByName("10.0.0.1")[0])).isFalse();
        assertThatThrownBy(() -> shown.check("http://desk.example/")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"inside.example", "10.0.0.0-10.0.0.9", "10.0.0.0/33", "fd00::/129"})
    void textThatIsNoRangeStopsTheStart(String range) {
        assertThatThrownBy(() -> configured(range, "desk.example", "443"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("lapse.delivery.permit ")
                .hasMessageEndingWith(" not " + range);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "65536", "4294967739", "https", "443-8443", ""})
    void textThatIsNoPortStopsTheStart(String port) {
        assertThatThrownBy(() -> configured("10.0.0.0/8", "desk.example", port))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("lapse.delivery.ports ")
                .hasMessageEndingWith(" not " + port);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://desk.example",
                "*",
                "*.",
                "desk.example:443",
                "de*.example",
                "*.*.example",
                "desk..example"
            })
    void textThatIsNoHostStopsTheStart(String host) {
        assertThatThrownBy(() -> configured("10.0.0.0/8", host, "443"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("lapse.delivery.hosts ")
                .hasMessageEndingWith(" not " + host);
    }

    private static OutboundAddresses configured(String range, String host, String port) {
        return new OutboundAddresses(
                Optional.of(range), Optional.of(host), List.of("443", port), false, Demonstration.off());
    }
}
