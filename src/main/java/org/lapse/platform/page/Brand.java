package org.lapse.platform.page;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * By what name, mark and colour people know this installation. The pages link to its style sheet, so that their strict
 * content security policy stays as it is. A colour that could not be read on our grounds is refused, because the pages
 * promise their contrast.
 */
@Singleton
public class Brand {
    /** What WCAG 2.2 asks of text (1.4.3). */
    private static final double READABLE = 4.5;

    /** {@code --ground} and {@code --card} of {@code lapse.css}, of each pair the one on which less can be read. */
    private static final Colour LIGHT_GROUND = Colour.of("#e8eeee");

    private static final Colour DARK_CARD = Colour.of("#162224");
    private static final long LARGEST_LOGO = 262_144;

    private final String name;
    private final Optional<Logo> logo;
    private final Colour accent;
    private final Colour accentDark;

    /**
     * The brand of this installation.
     *
     * @throws IllegalArgumentException if a colour is none or cannot be read, or the logo is no SVG or PNG of at most
     *     256 KiB
     */
    @Inject
    Brand(
            @ConfigProperty(name = "lapse.brand.name", defaultValue = "Lapse") String name,
            @ConfigProperty(name = "lapse.brand.logo") Optional<String> logo,
            @ConfigProperty(name = "lapse.brand.accent", defaultValue = "#0f5c63") String accent,
            @ConfigProperty(name = "lapse.brand.accent-dark", defaultValue = "#7fd1cb") String accentDark) {
        this.name = name;
        this.logo = logo.map(Path::of).map(Logo::read);
        this.accent = readable("lapse.brand.accent", accent, LIGHT_GROUND);
        this.accentDark = readable("lapse.brand.accent-dark", accentDark, DARK_CARD);
    }

    private static Colour readable(String key, String text, Colour ground) {
        Colour colour = Colour.of(text);
        if (colour.contrastTo(ground) < READABLE) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "%s is %s, which cannot be read on %s: the contrast is %.1f and must be 4.5",
                    key,
                    colour,
                    ground,
                    colour.contrastTo(ground)));
        }
        return colour;
    }

    /** The name that the pages show. */
    public String name() {
        return name;
    }

    /** The mark; empty for ours. */
    Optional<Logo> logo() {
        return logo;
    }

    /** Sets the design tokens of {@code lapse.css} that depend on the brand. */
    String styleSheet() {
        return ":root { " + tokens(accent, Colour.BLACK) + " }\n@media (prefers-color-scheme: dark) { :root { "
                + tokens(accentDark, Colour.WHITE) + " } }\n";
    }

    private static String tokens(Colour accent, Colour stronger) {
        return "--accent: " + accent + "; --accent-strong: " + accent.towards(stronger) + "; --on-accent: "
                + accent.ink() + ";";
    }

    /**
     * A mark of somebody's own.
     *
     * @param mediaType its media type
     * @param bytes the file
     */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares marks
    record Logo(String mediaType, byte[] bytes) {
        static Logo read(Path file) {
            String name = file.toString().toLowerCase(Locale.ROOT);
            if (!name.endsWith(".svg") && !name.endsWith(".png")) {
                throw new IllegalArgumentException("lapse.brand.logo is an .svg or .png file, not " + file);
            }
            try {
                if (Files.size(file) > LARGEST_LOGO) {
                    throw new IllegalArgumentException("lapse.brand.logo has more than 256 KiB: " + file);
                }
                return new Logo(name.endsWith(".svg") ? "image/svg+xml" : "image/png", Files.readAllBytes(file));
            } catch (IOException e) {
                throw new UncheckedIOException("lapse.brand.logo cannot be read", e);
            }
        }
    }
}
