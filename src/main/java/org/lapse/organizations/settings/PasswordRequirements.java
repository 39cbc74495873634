package org.lapse.organizations.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.lapse.organizations.directory.PasswordObjection;
import org.lapse.organizations.directory.PasswordObjection.Kind;
import org.lapse.platform.api.ApiException;

/**
 * What an organization asks of new passwords, under the vendor's names. Zero, or a field that is left out, asks for
 * nothing. Passwords that are set already stay good.
 *
 * @param minimumLength how many characters
 * @param minimumDigits how many of them are digits
 * @param minimumLetters how many are letters
 * @param minimumUpper how many are upper-case letters
 * @param minimumLower how many are lower-case letters
 * @param minimumSpecials how many are neither letters nor digits
 * @param minimumAgeSeconds not offered: zero at the most
 * @param expirationDays not offered: zero at the most
 */
public record PasswordRequirements(
        @Nullable Integer minimumLength,
        @Nullable Integer minimumDigits,
        @Nullable Integer minimumLetters,
        @Nullable Integer minimumUpper,
        @Nullable Integer minimumLower,
        @Nullable Integer minimumSpecials,
        @Nullable Integer minimumAgeSeconds,
        @Nullable Integer expirationDays) {
    private static final String FIELD = "passwordRequirements.";
    private static final int MOST = 64;

    /** These with what the change names in its place. */
    PasswordRequirements with(PasswordRequirements change) {
        return new PasswordRequirements(
                permitted("minimumLength", change.minimumLength, minimumLength),
                permitted("minimumDigits", change.minimumDigits, minimumDigits),
                permitted("minimumLetters", change.minimumLetters, minimumLetters),
                permitted("minimumUpper", change.minimumUpper, minimumUpper),
                permitted("minimumLower", change.minimumLower, minimumLower),
                permitted("minimumSpecials", change.minimumSpecials, minimumSpecials),
                notOffered("minimumAgeSeconds", change.minimumAgeSeconds),
                notOffered("expirationDays", change.expirationDays));
    }

    private static int permitted(String field, @Nullable Integer asked, @Nullable Integer before) {
        if (asked == null) {
            return value(before);
        }
        if (asked < 0 || asked > MOST) {
            throw ApiException.invalidValue(FIELD + field, field + " is from 0 to " + MOST + ".");
        }
        return asked;
    }

    private static int notOffered(String field, @Nullable Integer asked) {
        if (value(asked) != 0) {
            throw ApiException.invalidValue(
                    FIELD + field, "Lapse does not tell passwords by their age: " + field + " is 0.");
        }
        return 0;
    }

    /** What a password has too little of; empty where nothing is missing. */
    List<PasswordObjection.Missing> missing(String password) {
        List<PasswordObjection.Missing> missing = new ArrayList<>();
        ask(missing, value(minimumLength), Kind.CHARACTERS, password, character -> true);
        ask(missing, value(minimumDigits), Kind.DIGITS, password, Character::isDigit);
        ask(missing, value(minimumLetters), Kind.LETTERS, password, Character::isLetter);
        ask(missing, value(minimumUpper), Kind.UPPER, password, Character::isUpperCase);
        ask(missing, value(minimumLower), Kind.LOWER, password, Character::isLowerCase);
        ask(
                missing,
                value(minimumSpecials),
                Kind.SPECIALS,
                password,
                character -> !Character.isLetterOrDigit(character));
        return missing;
    }

    private static void ask(
            List<PasswordObjection.Missing> missing, int minimum, Kind kind, String password, IntPredicate counts) {
        if (password.codePoints().filter(counts).count() < minimum) {
            missing.add(new PasswordObjection.Missing(minimum, kind));
        }
    }

    private static int value(@Nullable Integer number) {
        return number == null ? 0 : number;
    }
}
