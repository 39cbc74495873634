package org.lapse.platform.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BrandTest {
    private static final String ACCENT = "#0f5c63";
    private static final String DARK = "#7fd1cb";

    @Test
    void styleSheetSetsTheAccentsLightAndDark() {
        String css = new Brand("Bank", Optional.empty(), "#7a1f5c", "#f0a6d4").styleSheet();

        assertThat(css)
                .contains(":root { --accent: #7a1f5c; --accent-strong: #62194a; --on-accent: #ffffff; }")
                .contains("prefers-color-scheme: dark")
                .contains("--accent: #f0a6d4; --accent-strong: #f3b7dc; --on-accent: #000000;");
    }

    @ParameterizedTest
    @ValueSource(strings = {"teal", "#fff", "#0f5c6g", "red; } body { display: none"})
    void whatIsNoColourIsRefused(String text) {
        assertThatThrownBy(() -> new Brand("Bank", Optional.empty(), text, DARK))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(text);
    }

    @Test
    void colourThatCannotBeReadIsRefused() {
        assertThatThrownBy(() -> new Brand("Bank", Optional.empty(), "#ffcc00", DARK))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("lapse.brand.accent");
        assertThatThrownBy(() -> new Brand("Bank", Optional.empty(), ACCENT, "#0f5c63"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("lapse.brand.accent-dark");
    }

    @ParameterizedTest
    @CsvSource({"#000000,#ffffff,21.0", "#ffffff,#ffffff,1.0", "#767676,#ffffff,4.54", "#ffffff,#767676,4.54"})
    void contrastIsThatOfTheGuidelines(String one, String other, double ratio) {
        assertThat(Colour.of(one).contrastTo(Colour.of(other))).isCloseTo(ratio, Offset.offset(0.01));
    }

    @Test
    void logoIsTheFileWithItsMediaType(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("bank.SVG"), "<svg/>");

        assertThat(new Brand("Bank", Optional.of(file.toString()), ACCENT, DARK).logo())
                .hasValueSatisfying(logo -> {
                    assertThat(logo.mediaType()).isEqualTo("image/svg+xml");
                    assertThat(logo.bytes()).isEqualTo("<svg/>".getBytes(StandardCharsets.UTF_8));
                });
    }

    @Test
    void logoOfAnotherKindOrSizeIsRefused(@TempDir Path directory) throws IOException {
        Path page = Files.writeString(directory.resolve("bank.html"), "<svg/>");
        Path large = Files.write(directory.resolve("bank.png"), new byte[262_145]);

        for (Path file : new Path[] {page, large}) {
            assertThatThrownBy(() -> new Brand("Bank", Optional.of(file.toString()), ACCENT, DARK))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(file.toString());
        }
    }
}
