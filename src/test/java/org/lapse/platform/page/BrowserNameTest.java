package org.lapse.platform.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Browsers as people know them, and nothing of what a header may hold besides. */
class BrowserNameTest {
    private static final String WEBKIT = " AppleWebKit/537.36 (KHTML, like Gecko) ";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    Windows NT 10.0; Win64; x64 | Chrome/130.0.0.0 Safari/537.36 | Chrome, Windows
                    Windows NT 10.0; Win64; x64 | Chrome/130.0.0.0 Safari/537.36 Edg/130.0.0.0 | Edge, Windows
                    X11; Linux x86_64 | Chrome/130.0.0.0 Safari/537.36 OPR/114.0 | Opera, Linux
                    Macintosh; Intel Mac OS X 10_15_7 | Version/17.4 Safari/605.1.15 | Safari, macOS
                    Linux; Android 14 | Chrome/130.0.0.0 Mobile Safari/537.36 | Chrome, Android
                    X11; Linux x86_64; rv:132.0 | Firefox/132.0 | Firefox, Linux
                    """)
    void isSaidWithItsSystem(String system, String products, String name) {
        assertThat(BrowserName.of("Mozilla/5.0 (" + system + ")" + WEBKIT + products))
                .hasValue(name);
    }

    @Test
    void otherProgramsAreSaidByTheirOwnNameAlone() {
        assertThat(BrowserName.of("curl/8.5.0")).hasValue("curl");
        assertThat(BrowserName.of("<script>alert(1)</script>")).isEmpty();
        assertThat(BrowserName.of("")).isEmpty();
    }
}
