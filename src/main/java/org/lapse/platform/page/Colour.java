package org.lapse.platform.page;

import java.util.regex.Pattern;

/**
 * A colour as style sheets write it.
 *
 * @param rgb red, green and blue, eight bits each
 */
record Colour(int rgb) {
    static final Colour WHITE = new Colour(0xffffff);
    static final Colour BLACK = new Colour(0x000000);

    private static final Pattern HEXADECIMAL = Pattern.compile("#[0-9a-fA-F]{6}");

    /**
     * The colour of a text such as {@code #0f5c63}.
     *
     * @throws IllegalArgumentException if the text is none
     */
    static Colour of(String text) {
        if (!HEXADECIMAL.matcher(text).matches()) {
            throw new IllegalArgumentException("A colour is written like #0f5c63, not " + text);
        }
        return new Colour(Integer.parseInt(text.substring(1), 16));
    }

    /**
     * How well one can be read on the other, from 1 to 21.
     *
     * @see <a href="https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio">WCAG 2.2, contrast ratio</a>
     */
    double contrastTo(Colour other) {
        double brighter = Math.max(luminance(), other.luminance());
        double darker = Math.min(luminance(), other.luminance());
        return (brighter + 0.05) / (darker + 0.05);
    }

    private double luminance() {
        return 0.2126 * linear(rgb >> 16) + 0.7152 * linear(rgb >> 8) + 0.0722 * linear(rgb);
    }

    private static double linear(int channel) {
        double value = (channel & 0xff) / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    }

    /** Black or white, whichever can be read better on this one; the contrast is at least 4.5. */
    Colour ink() {
        return contrastTo(WHITE) >= contrastTo(BLACK) ? WHITE : BLACK;
    }

    /** A fifth of the way to the other. */
    Colour towards(Colour other) {
        int mixed = 0;
        for (int shift = 0; shift <= 16; shift += 8) {
            int mine = (rgb >> shift) & 0xff;
            int others = (other.rgb >> shift) & 0xff;
            mixed |= (mine + (others - mine) / 5) << shift;
        }
        return new Colour(mixed);
    }

    @Override
    public String toString() {
        return String.format("#%06x", rgb);
    }
}
