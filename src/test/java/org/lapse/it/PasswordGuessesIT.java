package org.lapse.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.lapse.it.Crowd.Call;

/** Passwords that many people, or one of many threads, give for one name at the same moment. */
@OnServer
class PasswordGuessesIT {
    /** So many that a hash for each, one after the other, takes longer than H2 waits for a lock. */
    private static final int CROWD = 60;

    /** The fifth wrong password and those after it make the next one wait, from a second on twice as long each time. */
    private static final int FREE_FAILURES = 5;

    /** After so many failures the next wait is longer than a crowd takes, however slow the machine is. */
    private static final int FAILURES = 11;

    private final LapseSystem lapse = LapseSystem.ofSuite();
    private final Administrator administrator = lapse.administrator();

    @Test
    void rightAndWrongPasswordsAtOneNameAreAllAnswered() {
        String username = UUID.randomUUID() + "@demo.example";
        administrator.createUser(username);
        Browser browser = new Browser(lapse);
        DemoDesk desk = new DemoDesk(lapse, browser);
        Answer page = desk.authorize().expect(200);

        List<Answer> answers = crowd(i -> () -> desk.fillIn(page, username, i % 2 == 0 ? DemoDesk.PASSWORD : "wrong"));

        assertThat(answers).extracting(Answer::status).isSubsetOf(303, 403, 429).contains(429);
    }

    @Test
    void guessesOfAnUnknownNameAreAllAnswered() {
        String username = UUID.randomUUID() + "@demo.example";

        List<Answer> answers = crowd(i -> () -> new FrameworkAdministrator(lapse).logIn(username, "wrong"));

        assertThat(answers).extracting(Answer::status).isSubsetOf(401, 429).contains(401, 429);
        assertThat(answers).filteredOn(answer -> answer.status() == 429).allSatisfy(throttled -> assertThat(
                        throttled.header("Retry-After"))
                .isPresent());
    }

    @Test
    void ofManyWrongPasswordsAtOnceAsManyAreLookedAtAsOneAfterTheOther() {
        String username = UUID.randomUUID() + "@demo.example";
        FrameworkAdministrator guesser = new FrameworkAdministrator(lapse);
        guessUntilTheWaitIsLong(() -> guesser.logIn(username, "wrong"), 401);

        List<Answer> answers = crowd(i -> () -> new FrameworkAdministrator(lapse).logIn(username, "wrong"));

        assertThat(answers).filteredOn(answer -> answer.status() == 401).hasSize(1);
        assertThat(answers).filteredOn(answer -> answer.status() == 429).hasSize(CROWD - 1);
    }

    @Test
    void wrongOldPasswordsAtOnceCountAsMany() {
        String username = UUID.randomUUID() + "@demo.example";
        administrator.createUser(username);
        TokenHolder user = lapse.signIn(username);
        guessUntilTheWaitIsLong(() -> change(user, "wrong"), 400);

        List<Answer> answers = crowd(i -> () -> change(user, "wrong"));

        assertThat(answers).filteredOn(answer -> answer.status() == 400).hasSize(1);
        assertThat(answers).filteredOn(answer -> answer.status() == 429).hasSize(CROWD - 1);
    }

    @Test
    void ofTwoChangesFromOneOldPasswordOneSucceeds() {
        String username = UUID.randomUUID() + "@demo.example";
        administrator.createUser(username);
        TokenHolder user = lapse.signIn(username);

        List<Answer> answers =
                Crowd.atOnce(List.of(() -> change(user, DemoDesk.PASSWORD), () -> change(user, DemoDesk.PASSWORD)));

        assertThat(answers).extracting(Answer::status).isSubsetOf(200, 400, 409).containsOnlyOnce(200);
    }

    private static Answer change(TokenHolder user, String oldPassword) {
        return user.call(
                "POST",
                "/api/v2/users/me/password",
                "{\"oldPassword\":\"" + oldPassword + "\",\"newPassword\":\"another good one\"}",
                Map.of());
    }

    /** Gives wrong passwords, each as soon as the wait of the one before is over, until the next wait would be long. */
    private void guessUntilTheWaitIsLong(Supplier<Answer> guess, int wrong) {
        for (int failures = 0; failures < FAILURES; failures++) {
            if (failures >= FREE_FAILURES) {
                lapse.letPass(Duration.ofSeconds(1L << (failures - FREE_FAILURES)));
            }
            guess.get().expect(wrong);
        }
        lapse.letPass(Duration.ofSeconds(1L << (FAILURES - FREE_FAILURES)));
    }

    private static List<Answer> crowd(IntFunction<Call> callOf) {
        return Crowd.atOnce(IntStream.range(0, CROWD).mapToObj(callOf).toList());
    }
}
