package org.lapse.organizations.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.enterprise.inject.Instance;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a new password must be. */
class PasswordPolicyTest {
    private static final String GOOD = "a quiet green door";
    private static final PasswordObjection.Missing MORE_DIGITS =
            new PasswordObjection.Missing(3, PasswordObjection.Kind.DIGITS);

    private final PasswordOwner alone = owner(false);
    private final PasswordOwner withSecondFactor = owner(true);
    private final PasswordPolicy policy = policy(15, 8);

    @Test
    void passwordThatIsTheOnlyFactorHasFifteenCharacters() {
        assertThat(policy.objection(alone, "qm7-vt2-zk9-xw")).contains(new PasswordObjection.Length(15, 256));
        assertThat(policy.objection(alone, "qm7-vt2-zk9-xwp")).isEmpty();
    }

    @Test
    void besideASecondFactorEightAreEnough() {
        assertThat(policy.objection(withSecondFactor, "qm7-vt2")).contains(new PasswordObjection.Length(8, 256));
        assertThat(policy.objection(withSecondFactor, "qm7-vt2z")).isEmpty();
    }

    @Test
    void whoeverAsksForLessThanTheMinimumBesideASecondFactorAsksForLessOfEverybody() {
        assertThat(policy(9, 12).minimumLength(true)).isEqualTo(9);
    }

    @Test
    void charactersAreCountedAndNotTheirHalves() {
        assertThat(policy.objection(alone, "\uD83D\uDD11".repeat(14))).isPresent();
        assertThat(policy.objection(alone, "\uD83D\uDD11".repeat(256))).isEmpty();
        assertThat(policy.objection(alone, "\uD83D\uDD11".repeat(257))).isPresent();
    }

    @Test
    void noPasswordIsTooShort() {
        assertThat(policy.objection(alone, null)).isPresent();
    }

    @Test
    void noKindsOfCharactersAreAskedFor() {
        assertThat(policy.objection(alone, GOOD)).isEmpty();
        assertThat(policy.isEasyToGuess(alone, GOOD)).isFalse();
    }

    @Test
    void organizationMayAskForMore() {
        PasswordPolicy strict = new PasswordPolicy(asking((organization, password) -> List.of(MORE_DIGITS)), 15, 8);

        assertThat(strict.objection(alone, GOOD)).contains(new PasswordObjection.Requirement(List.of(MORE_DIGITS)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "passwordpassword",
                "PasswordPassword1!",
                "qwertyuiopasdfghjkl",
                "123456789012345",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                "iloveyouiloveyou",
                "alice@acme.example",
                "Wonderland Ltd."
            })
    void whatIsCommonOrKnownOfTheUserIsRefused(String password) {
        assertThat(policy.isEasyToGuess(alone, password)).isTrue();
    }

    @Test
    void nameForSigningInIsRefusedHoweverLongItIs() {
        String username = "2d6f0a7e-93c1-4b58-8e0d-6f1c9ab47e35@acme.example";
        PasswordOwner owner = new PasswordOwner(UUID.randomUUID(), "Wonderland", "Alice", username, false);

        assertThat(policy.isEasyToGuess(owner, username)).isTrue();
        assertThat(policy.isEasyToGuess(owner, username.toUpperCase(Locale.ROOT) + "1!"))
                .isTrue();
        assertThat(policy.isEasyToGuess(owner, username + GOOD)).isFalse();
    }

    @Test
    void onlyTheFirstTwentyFourCharactersAreLookedAt() {
        assertThat(policy.isEasyToGuess(alone, "passwordpasswordpassword" + GOOD))
                .isTrue();
        assertThat(policy.isEasyToGuess(alone, GOOD + "password")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {7, 65})
    void minimumIsFromEightToSixtyFour(int length) {
        assertThatThrownBy(() -> policy(length, 8)).hasMessageContaining("lapse.password.minimum-length is from 8 to");
        assertThatThrownBy(() -> policy(15, length))
                .hasMessageContaining("lapse.password.minimum-length-with-second-factor is from 8 to");
    }

    private static PasswordPolicy policy(int alone, int withSecondFactor) {
        return new PasswordPolicy(asking(), alone, withSecondFactor);
    }

    private static PasswordOwner owner(boolean secondFactor) {
        return new PasswordOwner(
                UUID.randomUUID(), "Wonderland Ltd.", "Alice Liddell", "alice@acme.example", secondFactor);
    }

    @SuppressWarnings("unchecked") // a proxy of a generic interface
    private static Instance<PasswordRules> asking(PasswordRules... rules) {
        return (Instance<PasswordRules>) Proxy.newProxyInstance(
                Instance.class.getClassLoader(),
                new Class<?>[] {Instance.class},
                (proxy, method, arguments) -> Stream.of(rules));
    }
}
