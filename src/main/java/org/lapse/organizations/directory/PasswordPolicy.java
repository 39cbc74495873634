package org.lapse.organizations.directory;

import com.nulabinc.zxcvbn.Zxcvbn;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * What every new password must be, no matter who sets it and where: long enough, and not easy to guess. It asks for no
 * kinds of characters; an organization may do so, by its {@link PasswordRules}.
 *
 * @see <a href="https://pages.nist.gov/800-63-4/sp800-63b.html#passwordver">NIST SP 800-63B-4, section 3.1.1.2</a>
 */
@Singleton
public class PasswordPolicy {
    /** NIST lets nobody ask for less, with a second factor neither. */
    static final int SHORTEST_EVER = 8;

    /** Above it a password is refused, or hashing one could be made to take as long as somebody likes. */
    static final int LONGEST = 256;

    /** No key asks for more: a passphrase of this length is beyond guessing. */
    private static final int LONGEST_MINIMUM = 64;

    /**
     * So many characters are looked at for what is common, because the time that zxcvbn takes grows faster than the
     * length of some passwords.
     */
    private static final int LOOKED_AT = 24;

    /** Of zxcvbn's scores from 0 to 4 the lowest that is good enough: at least 10 to the 8 guesses. */
    private static final int GOOD_SCORE = 3;

    /** Shorter parts of names would find themselves in every second password. */
    private static final int SHORTEST_PART = 3;

    private final Zxcvbn zxcvbn = new Zxcvbn();
    private final Instance<PasswordRules> rules;
    private final int minimumLength;
    private final int minimumLengthWithSecondFactor;

    @Inject
    PasswordPolicy(
            @Any Instance<PasswordRules> rules,
            @ConfigProperty(name = "lapse.password.minimum-length", defaultValue = "15") int minimumLength,
            @ConfigProperty(name = "lapse.password.minimum-length-with-second-factor", defaultValue = "8")
                    int minimumLengthWithSecondFactor) {
        this.rules = rules;
        this.minimumLength = permitted("lapse.password.minimum-length", minimumLength);
        this.minimumLengthWithSecondFactor =
                permitted("lapse.password.minimum-length-with-second-factor", minimumLengthWithSecondFactor);
    }

    private static int permitted(String key, int length) {
        if (length < SHORTEST_EVER || length > LONGEST_MINIMUM) {
            throw new IllegalArgumentException(
                    key + " is from " + SHORTEST_EVER + " to " + LONGEST_MINIMUM + ", not " + length);
        }
        return length;
    }

    /**
     * How many characters a password has at least.
     *
     * @param secondFactor whether nobody gets in by the password alone
     */
    public int minimumLength(boolean secondFactor) {
        return secondFactor ? Math.min(minimumLengthWithSecondFactor, minimumLength) : minimumLength;
    }

    /**
     * What is wrong with a password that somebody chooses, as far as that is soon known; empty where nothing is. Of one
     * that passes somebody must ask yet whether it {@link #isEasyToGuess}.
     */
    Optional<PasswordObjection> objection(PasswordOwner owner, @Nullable String password) {
        int shortest = minimumLength(owner.hasSecondFactor());
        if (password == null || lengthOf(password) < shortest || lengthOf(password) > LONGEST) {
            return Optional.of(new PasswordObjection.Length(shortest, LONGEST));
        }
        List<PasswordObjection.Missing> missing = rules.stream()
                .flatMap(rule -> rule.missing(owner.organizationId(), password).stream())
                .toList();
        return missing.isEmpty() ? Optional.empty() : Optional.of(new PasswordObjection.Requirement(missing));
    }

    /**
     * Whether a password is common, follows a pattern, or is made of what everybody knows of its owner. It takes a
     * processor for up to half a second.
     */
    boolean isEasyToGuess(PasswordOwner owner, String password) {
        String rest = without(owner.username(), without(owner.name(), password));
        String head = rest.substring(0, Math.min(rest.length(), LOOKED_AT));
        return zxcvbn.measure(head, known(owner)).getScore() < GOOD_SCORE;
    }

    /** What is left of a password without a name of its owner's: that may be too long to be looked at. */
    private static String without(String name, String password) {
        return name.length() < SHORTEST_PART
                ? password
                : Pattern.compile(Pattern.quote(name), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)
                        .matcher(password)
                        .replaceAll("");
    }

    /** The words that anybody tries first who knows the user: their names, whole and in parts. */
    private static List<String> known(PasswordOwner owner) {
        List<String> words = new ArrayList<>();
        Stream.of(owner.name(), owner.username(), owner.organizationName()).forEach(name -> {
            words.add(name);
            Stream.of(name.split("[^\\p{L}\\p{N}]+"))
                    .filter(part -> part.length() >= SHORTEST_PART)
                    .forEach(words::add);
        });
        return words;
    }

    private static int lengthOf(String password) {
        return password.codePointCount(0, password.length());
    }
}
