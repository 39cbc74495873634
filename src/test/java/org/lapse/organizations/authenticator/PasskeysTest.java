package org.lapse.organizations.authenticator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.lapse.middle.LapseInJavaSE;
import org.lapse.middle.OnBothDatabases;

@OnBothDatabases
class PasskeysTest {
    private static final PasskeyBinding HERE = PasskeyBinding.ofForm("here");

    private final LapseInJavaSE lapse;
    private final Passkeys passkeys;
    private final Enrolled somebody;
    private final SoftAuthenticator authenticator;

    PasskeysTest(LapseInJavaSE lapse) {
        this.lapse = lapse;
        this.passkeys = lapse.get(Passkeys.class);
        this.somebody = Enrolled.somebody(lapse);
        this.authenticator = somebody.withPasskey();
    }

    private Optional<Passkeys.PasskeyUse> check(PasskeyBinding binding, String answer) {
        return check(binding, answer, now());
    }

    private Optional<Passkeys.PasskeyUse> check(PasskeyBinding binding, String answer, Instant now) {
        return passkeys.check(somebody.user().organizationId(), Optional.empty(), binding, null, answer, now);
    }

    private PasskeyOptions.Request ask() {
        return passkeys.ask(HERE, now());
    }

    private Instant now() {
        return lapse.clock().now();
    }

    @Test
    void passkeySaysItselfWhoseItIs() {
        assertThat(check(HERE, authenticator.get(ask()))).hasValueSatisfying(use -> {
            assertThat(use.user().id()).isEqualTo(somebody.user().id());
            assertThat(use.methods().amr()).containsExactly("mfa", "pop", "user");
            assertThat(use.methods().acr()).isEqualTo("aal2");
        });
    }

    @Test
    void answerIsGoodOnce() {
        String answer = authenticator.get(ask());

        assertThat(check(HERE, answer)).isPresent();
        assertThat(check(HERE, answer)).isEmpty();
    }

    @Test
    void ofManyWhoSendAnAnswerAtTheSameMomentOneSucceeds() {
        String answer = authenticator.get(ask());

        List<Boolean> right = Stream.generate(() ->
                        CompletableFuture.supplyAsync(() -> check(HERE, answer).isPresent()))
                .limit(4)
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();

        assertThat(right).containsOnlyOnce(true);
    }

    @Test
    void answerInAnotherBrowserIsRefused() {
        assertThat(check(PasskeyBinding.ofForm("there"), authenticator.get(ask())))
                .isEmpty();
    }

    @Test
    void answerThatComesTooLateIsRefused() {
        Instant asked = now();
        String answer = authenticator.get(passkeys.ask(HERE, asked));

        assertThat(check(HERE, answer, asked.plus(PasskeyChallenges.LIFETIME))).isEmpty();
    }

    @Test
    void answerToTheFirstOfTwoQuestionsIsGood() {
        String answer = authenticator.get(ask());
        ask();

        assertThat(check(HERE, answer)).isPresent();
    }

    @Test
    void whoOnlyAsksLeavesNothingBehind() {
        ask();
        List<Long> before = rows();
        for (int i = 0; i < 10; i++) {
            passkeys.ask(PasskeyBinding.ofForm("form " + i), now());
            passkeys.ask(somebody.user().id(), PasskeyBinding.ofForm("form " + i), now());
        }

        assertThat(rows()).isEqualTo(before);
    }

    @Test
    void answerThatIsRefusedLeavesNothingBehind() {
        SoftAuthenticator unknown =
                new SoftAuthenticator(lapse.get(RelyingParty.class).origins().get(0));
        unknown.create(passkeys.askToCreate(somebody.user(), PasskeyBinding.ofForm("elsewhere"), now()));
        String answer = unknown.get(ask());
        List<Long> before = rows();

        assertThat(check(HERE, answer)).isEmpty();

        assertThat(rows()).isEqualTo(before);
    }

    @Test
    void challengeThatWeHaveNotMadeIsRefused() {
        byte[] challenge = Base64.getUrlDecoder().decode(ask().challenge());
        for (int i = 0; i < challenge.length; i += 7) {
            byte[] forged = challenge.clone();
            forged[i] ^= 1;
            assertThat(check(HERE, authenticator.get(asking(forged))))
                    .as("byte %d", i)
                    .isEmpty();
        }
        for (int length : List.of(0, 1, 32, challenge.length - 1)) {
            assertThat(check(HERE, authenticator.get(asking(Arrays.copyOf(challenge, length)))))
                    .as("%d bytes", length)
                    .isEmpty();
        }
        assertThat(check(HERE, authenticator.get(asking(challenge)))).isPresent();
    }

    @Test
    void answerIsGoodAcrossAChangeOfTheKey() {
        Instant asked = now();
        Instant later = asked.plus(ChallengeKeys.LIFETIME);
        String answer = authenticator.get(passkeys.ask(HERE, later.minusSeconds(1)));
        String next = authenticator.get(passkeys.ask(HERE, later.plusSeconds(1)));

        assertThat(check(HERE, answer, later.plusSeconds(2))).isPresent();
        assertThat(check(HERE, next, later.plusSeconds(2))).isPresent();
    }

    private PasskeyOptions.Request asking(byte[] challenge) {
        return PasskeyOptions.Request.of(
                lapse.get(RelyingParty.class), challenge, List.of(), PublicKeyCredentials.UserVerification.REQUIRED);
    }

    private List<Long> rows() {
        List<Long> counts = new ArrayList<>();
        lapse.inTransaction(() -> {
            for (Class<?> entity : List.of(RedeemedChallenge.class, ChallengeKey.class)) {
                counts.add(lapse.entities()
                        .createQuery("select count(e) from " + entity.getSimpleName() + " e", Long.class)
                        .getSingleResult());
            }
        });
        return counts;
    }

    @Test
    void authenticatorThatAsksNobodyIsNotEnoughAlone() {
        authenticator.askNobody();

        assertThat(check(HERE, authenticator.get(ask()))).isEmpty();
    }

    @Test
    void itIsEnoughAfterThePassword() {
        authenticator.askNobody();
        String answer = authenticator.get(passkeys.askAsSecond(somebody.user().id(), HERE, now()));

        assertThat(passkeys.checkAsSecond(somebody.user(), HERE, null, answer, now()))
                .hasValueSatisfying(use -> assertThat(use.userVerified()).isFalse());
    }

    @Test
    void copyOfAnAuthenticatorIsRefusedByItsCounter() {
        assertThat(check(HERE, authenticator.get(ask()))).isPresent();
        authenticator.setBack(0);

        assertThat(check(HERE, authenticator.get(ask()))).isEmpty();
    }

    @Test
    void answerOfAPageOfAnotherSiteIsRefused() {
        SoftAuthenticator elsewhere = new SoftAuthenticator("https://evil.example");
        PasskeyBinding binding = PasskeyBinding.ofEnrolment(somebody.user().id().toString(), "test");
        String made = elsewhere.create(passkeys.askToCreate(somebody.user(), binding, now()));

        assertThat(passkeys.enrol(somebody.user(), binding, null, "Key", made, now()))
                .isFalse();
    }

    @Test
    void passkeyOfAnotherUserIsRefusedWhereOneIsExpected() {
        Enrolled other = Enrolled.somebody(lapse);
        other.withPasskey();
        String answer = authenticator.get(ask());

        assertThat(passkeys.check(
                        somebody.user().organizationId(),
                        Optional.of(other.user().id()),
                        HERE,
                        null,
                        answer,
                        now()))
                .isEmpty();
    }

    @Test
    void passkeyOfAnotherOrganizationIsRefused() {
        assertThat(passkeys.check(UUID.randomUUID(), Optional.empty(), HERE, null, authenticator.get(ask()), now()))
                .isEmpty();
    }

    @Test
    void passkeyOfADisabledUserIsRefused() {
        lapse.inTransaction(() -> lapse.entities()
                .createQuery("update User u set u.enabled = false where u.id = :id")
                .setParameter("id", somebody.user().id())
                .executeUpdate());

        assertThat(check(HERE, authenticator.get(ask()))).isEmpty();
    }

    @Test
    void rightPasskeyClearsTheCountOfWrongCodes() {
        OneTimeCodes codes = lapse.get(OneTimeCodes.class);
        byte[] secret = somebody.withApp();
        Instant now = now();
        for (int i = 0; i < CodeGuess.FREE_FAILURES; i++) {
            codes.check(somebody.user(), null, "nonsense", now);
        }

        assertThat(check(HERE, authenticator.get(ask()))).isPresent();

        assertThat(codes.check(somebody.user(), null, TimeBasedCode.at(secret, now), now))
                .isInstanceOf(CodeCheck.Right.class);
    }

    @Test
    void whatNobodyCanReadIsRefused() {
        for (String nonsense : List.of("", "{}", "[]", "null", "{\"id\":1}", "x".repeat(20_000))) {
            assertThat(check(HERE, nonsense)).as(nonsense).isEmpty();
            assertThat(enrol(nonsense)).as(nonsense).isFalse();
        }
    }

    @Test
    void answerWithoutOneOfItsMembersIsRefused() {
        for (String member : List.of("rawId", "response", "clientDataJSON", "authenticatorData", "signature")) {
            for (String value : List.of("null", "1", "[]", "{}", "\"\"", "\"AA\"")) {
                String answer = with(authenticator.get(ask()), member, value);
                assertThat(check(HERE, answer)).as("%s: %s", member, value).isEmpty();
            }
        }
    }

    @Test
    void newPasskeyWithoutOneOfItsMembersIsRefused() {
        SoftAuthenticator other =
                new SoftAuthenticator(lapse.get(RelyingParty.class).origins().get(0));
        for (String member : List.of("response", "clientDataJSON", "attestationObject")) {
            for (String value : List.of("null", "1", "[]", "{}", "\"\"", "\"AA\"")) {
                String made = other.create(passkeys.askToCreate(somebody.user(), HERE, now()));
                assertThat(enrol(with(made, member, value)))
                        .as("%s: %s", member, value)
                        .isFalse();
            }
        }
    }

    private boolean enrol(String answer) {
        return passkeys.enrol(somebody.user(), HERE, null, "mine", answer, now());
    }

    /** An answer in which a member has another value. */
    private static String with(String answer, String member, String value) {
        String changed = member.equals("response")
                ? answer.replaceFirst("\"response\":\\{[^}]*}", "\"response\":" + value)
                : answer.replaceFirst("\"" + member + "\":\"[^\"]*\"", "\"" + member + "\":" + value);
        assertThat(changed).isNotEqualTo(answer);
        return changed;
    }

    @Test
    void everythingIsTold() {
        check(HERE, authenticator.get(ask()));
        authenticator.askNobody();
        check(HERE, authenticator.get(ask()));

        assertThat(lapse.fired(AuthenticatorEvent.class))
                .filteredOn(event -> event.userId().equals(somebody.user().id()))
                .extracting(event -> event.kind().action())
                .containsExactly("authenticator.enroll", "authenticator.use", "authenticator.refuse");
    }
}
