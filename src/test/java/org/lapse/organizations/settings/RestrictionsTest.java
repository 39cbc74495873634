package org.lapse.organizations.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lapse.organizations.directory.PasswordObjection.Kind;
import org.lapse.organizations.directory.PasswordObjection.Missing;
import org.lapse.platform.api.AddressRange;

/** From where may an organization's tokens be used? */
class RestrictionsTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.0/24,   192.0.2.255,        true",
        "192.0.2.0/24,   192.0.3.0,          false",
        "192.0.2.128/25, 192.0.2.128,        true",
        "192.0.2.128/25, 192.0.2.127,        false",
        "192.0.2.7,      192.0.2.7,          true",
        "192.0.2.7,      192.0.2.8,          false",
        "0.0.0.0/0,      203.0.113.9,        true",
        "0.0.0.0/0,      ::1,                false",
        "2001:db8::/33,  2001:db8:7fff::1,   true",
        "2001:db8::/33,  2001:db8:8000::1,   false",
        "fe80::/10,      fe80::1%eth0,       true",
        "::ffff:192.0.2.0/24, 192.0.2.1,     true",
        "::/0,           2001:db8::1,        true",
    })
    void addressIsPermittedIfItLiesInARange(String range, String address, boolean permitted) {
        assertThat(ofAddresses(range).permitsAddress(address)).isEqualTo(permitted);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "host",
                "192.0.2",
                "192.0.2.256",
                "192.0.2.0/33",
                "192.0.2.0/",
                "::/129",
                "1:2",
                "/8",
                "a.b.c.d"
            })
    void whatIsNoRangeIsRefused(String text) {
        assertThatThrownBy(() -> AddressRange.of(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void everyAddressIsPermittedWhereNoneIsNamed() {
        assertThat(ofAddresses().refusal("203.0.113.9", "https://anywhere.example"))
                .isEmpty();
        assertThat(ofAddresses("192.0.2.0/24").refusal("203.0.113.9", null)).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "https://desk.example,           true",
        "https://DESK.example:8443,      true",
        "https://a.b.crm.example,        true",
        "https://crm.example,            false",
        "https://evilcrm.example,        false",
        "https://desk.example.evil.test, false",
        "null,                           false",
        "not an origin,                  false",
    })
    void pageIsPermittedByItsDomain(String origin, boolean permitted) {
        Restrictions restrictions = new Restrictions(List.of(), true, List.of("desk.example", "*.crm.example"));

        assertThat(restrictions.permitsOrigin(origin)).isEqualTo(permitted);
        assertThat(restrictions.permitsOrigin(null)).isTrue();
    }

    @Test
    void passwordMustHaveWhatTheOrganizationAsksFor() {
        PasswordRequirements asked = new PasswordRequirements(8, 1, 3, 1, 1, 1, 0, null);

        assertThat(asked.missing("abcDE1!x")).isEmpty();
        assertThat(asked.missing("abcDE1x"))
                .containsExactly(new Missing(8, Kind.CHARACTERS), new Missing(1, Kind.SPECIALS));
        assertThat(asked.missing("ABCDEF!!")).containsExactly(new Missing(1, Kind.DIGITS), new Missing(1, Kind.LOWER));
        assertThat(new PasswordRequirements(null, null, null, null, null, null, null, null).missing(""))
                .isEmpty();
    }

    private static Restrictions ofAddresses(String... ranges) {
        return new Restrictions(Stream.of(ranges).map(AddressRange::of).toList(), false, List.of());
    }
}
