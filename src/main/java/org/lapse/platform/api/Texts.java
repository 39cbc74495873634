package org.lapse.platform.api;

import org.jspecify.annotations.Nullable;

/** What people write into the fields of a body: names and descriptions. */
public final class Texts {
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_DESCRIPTION = 1000;

    private Texts() {}

    /**
     * A name, as it was given.
     *
     * @param field its path in the body
     * @throws ApiException 400 {@code invalid.value} where it is missing, longer than 200 characters, or no
     *     {@link #isName name}
     */
    public static String name(String field, @Nullable String given) {
        if (given == null || given.length() > LONGEST_NAME) {
            throw ApiException.invalidValue(field, "A name has 1 to 200 characters.");
        }
        if (!isName(given)) {
            throw ApiException.invalidValue(
                    field, "A name has a character that one sees, no blank around it, and one line.");
        }
        return given;
    }

    /**
     * A description, as it was given.
     *
     * @param field its path in the body
     * @throws ApiException 400 {@code invalid.value} where it is longer than 1000 characters
     */
    public static String description(String field, String given) {
        if (given.length() > LONGEST_DESCRIPTION) {
            throw ApiException.invalidValue(field, "A description has at most 1000 characters.");
        }
        return given;
    }

    /**
     * Whether a text can be the name of something: one line with a character that one sees, and nothing blank around
     * it.
     */
    public static boolean isName(String text) {
        return isOneLine(text)
                && text.codePoints().anyMatch(Texts::isVisible)
                && !isBlank(text.codePointAt(0))
                && !isBlank(text.codePointBefore(text.length()));
    }

    /**
     * Whether a text is one line and reads as it is written: it has no control characters, no ends of lines, no half
     * of a character, nothing that changes the direction of what stands around it (Unicode's {@code Bidi_Control}), and
     * nothing that nobody sees. Joiners and variation selectors may stand where they change what somebody sees.
     *
     * @see <a href="https://www.unicode.org/reports/tr39/#Optional_Detection">Unicode Technical Standard 39, section
     *     5.4</a>
     */
    public static boolean isOneLine(String text) {
        int before = 0;
        int[] characters = text.codePoints().toArray();
        for (int i = 0; i < characters.length; i++) {
            int c = characters[i];
            if (isUnreadable(c)) {
                return false;
            }
            if (isJoiner(c)) {
                if (!isJoined(before) || i + 1 == characters.length || !isVisible(characters[i + 1])) {
                    return false;
                }
            } else if (isVariationSelector(c)) {
                if (!isVisible(before) || looksOneWay(before)) {
                    return false;
                }
            } else if (isIgnorable(c)) {
                return false;
            }
            before = c;
        }
        return true;
    }

    private static boolean isJoiner(int c) {
        return c == 0x200C || c == 0x200D;
    }

    /** Whether a joiner after that changes what one sees: it does in scripts that join, and between pictures. */
    private static boolean isJoined(int c) {
        boolean writes = Character.isLetter(c)
                || Character.getType(c) == Character.NON_SPACING_MARK
                || Character.getType(c) == Character.COMBINING_SPACING_MARK;
        boolean draws = Character.getType(c) == Character.OTHER_SYMBOL
                || Character.getType(c) == Character.MODIFIER_SYMBOL
                || isVariationSelector(c);
        return draws || (writes && !looksOneWay(c));
    }

    private static boolean isVariationSelector(int c) {
        return (c >= 0x180B && c <= 0x180D)
                || c == 0x180F
                || (c >= 0xFE00 && c <= 0xFE0F)
                || (c >= 0xE0100 && c <= 0xE01EF);
    }

    /** Letters of which no variant and no joined form is known. */
    private static boolean looksOneWay(int c) {
        return switch (Character.UnicodeScript.of(c)) {
            case LATIN, GREEK, CYRILLIC, HEBREW, ARMENIAN, GEORGIAN -> Character.isLetter(c);
            default -> false;
        };
    }

    /** The same, but for tabs and ends of lines. */
    public static boolean isMultiLine(String text) {
        return text.codePoints().noneMatch(c -> isUnreadable(c) && !isTabOrLineEnd(c));
    }

    private static boolean isUnreadable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                true;
            case Character.FORMAT -> isDirection(c);
            default -> false;
        };
    }

    /** {@code Bidi_Control}, and the six old characters that change how digits and letters beside them look. */
    private static boolean isDirection(int c) {
        return c == 0x061C
                || c == 0x200E
                || c == 0x200F
                || (c >= 0x202A && c <= 0x202E)
                || (c >= 0x2066 && c <= 0x206F);
    }

    private static boolean isTabOrLineEnd(int c) {
        return c == '\t' || c == '\n' || c == '\r' || c == 0x2028 || c == 0x2029;
    }

    /** White space, that of no width too. */
    private static boolean isBlank(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == 0x200B || c == 0x2060 || c == 0xFEFF;
    }

    /** Whether somebody sees it. */
    private static boolean isVisible(int c) {
        return !isIgnorable(c) && !isBlank(c) && c != 0 && c != 0x2800; // the Braille pattern without dots
    }

    /** Unicode's {@code Default_Ignorable_Code_Point}. */
    private static boolean isIgnorable(int c) {
        return Character.getType(c) == Character.FORMAT
                || c == 0x034F
                || c == 0x115F
                || c == 0x1160
                || c == 0x17B4
                || c == 0x17B5
                || (c >= 0x180B && c <= 0x180F)
                || c == 0x3164
                || (c >= 0xFE00 && c <= 0xFE0F)
                || c == 0xFFA0
                || (c >= 0xFFF0 && c <= 0xFFF8)
                || (c >= 0xE0000 && c <= 0xE0FFF);
    }
}
