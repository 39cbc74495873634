package org.lapse.platform.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConsolePagesFilterTest {
    /** The example of CSP 3, section 8.2. */
    @Test
    void inlineScriptIsKnownByItsDigest() {
        assertThat(ConsolePagesFilter.digest("alert('Hello, world.');"))
                .isEqualTo("sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng=");
    }

    @Test
    void nothingButThatScriptStandsInThePage() {
        assertThat(ConsolePagesFilter.policy("sha256-x"))
                .contains("default-src 'none'", "script-src 'self' 'sha256-x';", "trusted-types lit-html")
                .doesNotContain("unsafe", "*", "http");
    }
}
