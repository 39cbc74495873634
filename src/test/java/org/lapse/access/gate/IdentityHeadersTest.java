package org.lapse.access.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the service behind a proxy is told, whatever people are called. */
class IdentityHeadersTest {
    @Property
    void everyValueFitsIntoAHeaderAndCanBeReadBack(@ForAll String value) {
        String safe = IdentityHeaders.safe(value);

        assertThat(safe).matches("[ -~]*");
        assertThat(URLDecoder.decode(safe.replace("+", "%2B"), StandardCharsets.UTF_8))
                .isEqualTo(new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice@demo.example", "openid profile", "a\"b'c;d,e"})
    void whatFitsStaysAsItIs(String value) {
        assertThat(IdentityHeaders.safe(value)).isSameAs(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Lapse-", "Desk-", "X-A1-"})
    void prefixBeginsAHeadersName(String prefix) {
        assertThatCode(() -> new IdentityHeaders(prefix)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "X-Lapse", "X_Lapse-", "X Lapse-", "X-Lapse:-", "X-Lapse\r\n-"})
    void anythingElseIsRefusedAtTheStart(String prefix) {
        assertThatThrownBy(() -> new IdentityHeaders(prefix)).isInstanceOf(IllegalArgumentException.class);
    }
}
