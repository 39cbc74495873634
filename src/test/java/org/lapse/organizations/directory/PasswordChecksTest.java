package org.lapse.organizations.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Instance;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.lapse.platform.api.RemoteAddress;
import org.lapse.platform.changes.ChangeNumbers;
import org.lapse.platform.clock.WallClock;

/** What is counted of passwords that are given, on both databases, by one thread and by many. */
class PasswordChecksTest {
    private static final String RIGHT = "the right password";
    private static final String WRONG = "another";
    private static final Duration WINDOW = Duration.ofMinutes(15);

    @Nested
    class OnH2 extends Rules {
        @Override
        DataSource source() {
            return JdbcConnectionPool.create(
                    "jdbc:h2:mem:guesses;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH"
                            + ";DB_CLOSE_DELAY=-1",
                    "lapse",
                    "lapse");
        }
    }

    @Nested
    class OnPostgresql extends Rules {
        private @Nullable EmbeddedPostgres postgres;

        @Override
        DataSource source() throws IOException {
            postgres = EmbeddedPostgres.start();
            return postgres.getPostgresDatabase();
        }

        @AfterAll
        void stop() throws IOException {
            if (postgres != null) {
                postgres.close();
            }
        }
    }

    /** The rules, which hold on every database. */
    @TestInstance(Lifecycle.PER_CLASS)
    abstract static class Rules {
        private static final int AT_ONCE = 12;

        private final UUID organizationId = UUID.randomUUID();
        private final AtomicInteger hashes = new AtomicInteger();
        private final List<PasswordGuessesUsedUp> usedUp = new CopyOnWriteArrayList<>();
        private final AtomicReference<String> address = new AtomicReference<>("192.0.2.7");
        private GuessedDatabase database;
        private Users users;
        private WallClock clock;
        private PasswordChecks checks;
        private String name;

        abstract DataSource source() throws IOException;

        @BeforeAll
        void migrate() throws IOException {
            database = new GuessedDatabase(source());
            users = new Users(database.entities(), new ChangeNumbers(database.entities()), nobody(Event.class));
            inTransaction(() -> {
                database.entities()
                        .createNativeQuery(
                                "insert into organization (id, name, domain, created_at) values (?1, 'One', 'one', ?2)")
                        .setParameter(1, organizationId)
                        .setParameter(2, Instant.now())
                        .executeUpdate();
                return users;
            });
        }

        @AfterAll
        void close() {
            database.close();
        }

        @BeforeEach
        void newName() {
            clock = new StillClock();
            hashes.set(0);
            usedUp.clear();
            address.set(UUID.randomUUID().toString());
            name = UUID.randomUUID() + "@one.example";
            checks = checks(new CountingPasswords(permits(), () -> {}));
        }

        private PasswordChecks checks(Passwords passwords) {
            return checks(passwords, new AddressLimit(15, WINDOW));
        }

        private PasswordChecks checks(Passwords passwords, AddressLimit limit) {
            return new PasswordChecks(
                    new TransactionalGuesses(limit), new StrangersInTurn(), passwords, new FromAddress(), clock);
        }

        private User add() {
            User user = new User(
                    organizationId,
                    name,
                    "Somebody",
                    new CountingPasswords(permits(), () -> {}).hash(RIGHT),
                    clock.now());
            inTransaction(() -> {
                users.add(user);
                return user;
            });
            return user;
        }

        private PasswordCheck check(String password) {
            return check(PasswordPlace.stranger(), password);
        }

        private PasswordCheck check(PasswordPlace place, String password) {
            return checks.check(organizationId, name, place, password, Function.identity());
        }

        /** Gives so many wrong passwords, each when it may be given, from an address of its own. */
        private void fail(PasswordPlace place, int times) {
            for (int i = 0; i < times; i++) {
                address.set(UUID.randomUUID().toString());
                assertThat(check(place, WRONG)).as("guess %d", i).isInstanceOf(PasswordCheck.Wrong.class);
                clock.putForward(PasswordGuess.LONGEST_WAIT);
            }
        }

        /** The same for strangers, of whom the first and the last guess is made. */
        private void failAsStranger(int times) {
            fail(PasswordPlace.stranger(), 1);
            inTransaction(() -> database.entities()
                    .createNativeQuery("update guessed_account set failures = ?1, failures_of_strangers = ?1"
                            + " where subject = ?2")
                    .setParameter(1, times - 1)
                    .setParameter(2, account())
                    .executeUpdate());
            fail(PasswordPlace.stranger(), 1);
        }

        private byte[] account() {
            return Claimant.named(organizationId, name, PasswordPlace.stranger(), null)
                    .account(users);
        }

        private void guessAsStranger() {
            for (int i = 0; i < PasswordGuess.FREE_FAILURES; i++) {
                assertThat(check(WRONG)).isInstanceOf(PasswordCheck.Wrong.class);
            }
            assertThat(check(RIGHT)).isInstanceOf(PasswordCheck.Throttled.class);
        }

        private <R> R inTransaction(Supplier<R> work) {
            return database.inTransaction(work);
        }

        @Test
        void rightPasswordIsRightAndAnotherIsWrong() {
            User user = add();

            assertThat(check(WRONG)).isInstanceOf(PasswordCheck.Wrong.class);
            assertThat(check(RIGHT)).isInstanceOfSatisfying(PasswordCheck.Right.class, right -> assertThat(
                            right.user().id())
                    .isEqualTo(user.id()));
        }

        @Test
        void fifthWrongOneMakesTheNextWaitWhetherTheNameExistsOrNot() {
            for (int i = 0; i < PasswordGuess.FREE_FAILURES; i++) {
                assertThat(check(WRONG)).isInstanceOf(PasswordCheck.Wrong.class);
            }

            assertThat(check(WRONG)).isInstanceOfSatisfying(PasswordCheck.Throttled.class, throttled -> assertThat(
                            throttled.remaining())
                    .isBetween(Duration.ofMillis(1), Duration.ofSeconds(1)));
        }

        @Test
        void throttledPasswordIsNotHashed() {
            add();
            for (int i = 0; i < PasswordGuess.FREE_FAILURES; i++) {
                check(WRONG);
            }

            assertThat(check(RIGHT)).isInstanceOf(PasswordCheck.Throttled.class);

            assertThat(hashes).hasValue(PasswordGuess.FREE_FAILURES);
        }

        @Test
        void rightPasswordAfterTheWaitClearsTheCount() {
            add();
            for (int i = 0; i < PasswordGuess.FREE_FAILURES; i++) {
                check(WRONG);
            }
            clock.putForward(Duration.ofSeconds(1));

            assertThat(check(RIGHT)).isInstanceOf(PasswordCheck.Right.class);

            for (int i = 0; i < PasswordGuess.FREE_FAILURES; i++) {
                assertThat(check(WRONG)).isInstanceOf(PasswordCheck.Wrong.class);
            }
        }

        @Test
        void manyWrongOnesAtOnceCountAsMany() {
            List<PasswordCheck> answers = atOnce(() -> check(WRONG));

            assertThat(answers.stream().filter(PasswordCheck.Wrong.class::isInstance))
                    .hasSize(PasswordGuess.FREE_FAILURES);
            assertThat(answers.stream().filter(PasswordCheck.Throttled.class::isInstance))
                    .hasSize(AT_ONCE - PasswordGuess.FREE_FAILURES);
            assertThat(hashes).hasValue(PasswordGuess.FREE_FAILURES);
        }

        @Test
        void rightAndWrongOnesAtOnceAreAllAnswered() {
            add();
            for (int round = 0; round < 5; round++) {
                AtomicInteger turn = new AtomicInteger();

                List<PasswordCheck> answers = atOnce(() -> check(turn.getAndIncrement() % 2 == 0 ? RIGHT : WRONG));

                assertThat(answers).hasSize(AT_ONCE);
                clock.putForward(Duration.ofMinutes(15));
                assertThat(check(RIGHT)).isInstanceOf(PasswordCheck.Right.class);
            }
        }

        @Test
        void manyRightOnesOneAfterTheOtherAreNeverThrottled() {
            add();
            for (int i = 0; i < 2 * PasswordGuess.FREE_FAILURES; i++) {
                assertThat(check(RIGHT)).isInstanceOf(PasswordCheck.Right.class);
            }
        }

        @Test
        void passwordIsHashedOutsideOfATransactionAndSettledInOne() {
            add();

            boolean settledInside = checks.check(
                    organizationId, name, PasswordPlace.stranger(), RIGHT, check -> database.isInTransaction());

            assertThat(settledInside).isTrue();
            assertThat(hashes)
                    .as("of which each looks whether a transaction is open")
                    .hasValue(1);
        }

        @Test
        void settlementThatThrowsLeavesTheGuessCounted() {
            add();
            for (int i = 0; i < PasswordGuess.FREE_FAILURES; i++) {
                assertThatThrownBy(() -> checks.check(organizationId, name, PasswordPlace.stranger(), RIGHT, check -> {
                            throw new IllegalStateException("refused");
                        }))
                        .hasMessage("refused");
            }

            assertThat(check(RIGHT)).isInstanceOf(PasswordCheck.Throttled.class);
        }

        @Test
        void whoIsDisabledWhileThePasswordIsCheckedIsNotLetIn() {
            User user = add();
            checks = checks(new CountingPasswords(
                    permits(),
                    () -> inTransaction(() -> {
                        users.find(organizationId, user.id()).orElseThrow().setEnabled(false);
                        return user;
                    })));

            assertThat(check(RIGHT)).isInstanceOf(PasswordCheck.Wrong.class);
        }

        @Test
        void passwordThatIsReplacedWhileItIsCheckedIsWrong() {
            User user = add();
            checks = checks(new CountingPasswords(
                    permits(),
                    () -> inTransaction(() -> {
                        users.find(organizationId, user.id()).orElseThrow().setPasswordHash("another");
                        return user;
                    })));

            assertThat(check(RIGHT)).isInstanceOf(PasswordCheck.Wrong.class);
        }

        @Test
        void knownPasswordIsAskedForWhateverTheUsersIsNow() {
            add();
            String known = new CountingPasswords(permits(), () -> {}).hash("the old one");

            assertThat(checkKnown(known, "the old one")).isInstanceOf(PasswordCheck.Right.class);
            assertThat(checkKnown(known, RIGHT)).isInstanceOf(PasswordCheck.Wrong.class);
        }

        private PasswordCheck checkKnown(String hash, String password) {
            return checks.checkKnown(
                    organizationId, name, PasswordPlace.stranger(), hash, password, Function.identity());
        }

        @Test
        void guessesOfSomebodySignedInAreCountedApart() {
            User user = add();
            for (int i = 0; i < PasswordGuess.FREE_FAILURES; i++) {
                checks.checkAgain(organizationId, user.id(), WRONG);
            }

            assertThat(checks.checkAgain(organizationId, user.id(), RIGHT)).isInstanceOf(PasswordCheck.Throttled.class);
            assertThat(check(RIGHT)).isInstanceOf(PasswordCheck.Right.class);
        }

        @Test
        void passwordThatNobodyHadTimeToLookAtCountsAsNoGuess() {
            add();
            PrioritySemaphore taken = new PrioritySemaphore(1, 0);
            taken.tryAcquire(0, Duration.ZERO);
            checks = checks(new CountingPasswords(taken, () -> {}));

            for (int i = 0; i < 2 * PasswordGuess.FREE_FAILURES; i++) {
                assertThat(check(RIGHT)).isInstanceOf(PasswordCheck.Busy.class);
            }

            taken.release();
            assertThat(check(RIGHT)).isInstanceOf(PasswordCheck.Right.class);
        }

        @Test
        void strangersShutOutNeitherAKnownBrowserNorALockedSessionNorWhoIsSignedIn() {
            User user = add();
            guessAsStranger();

            assertThat(check(PasswordPlace.session(UUID.randomUUID()), RIGHT)).isInstanceOf(PasswordCheck.Right.class);
            assertThat(check(PasswordPlace.browser(UUID.randomUUID()), RIGHT)).isInstanceOf(PasswordCheck.Right.class);
            assertThat(checks.checkAgain(organizationId, user.id(), RIGHT)).isInstanceOf(PasswordCheck.Right.class);
            assertThat(check(RIGHT)).as("from elsewhere").isInstanceOf(PasswordCheck.Throttled.class);
        }

        @Test
        void onePlaceNeverShutsAnotherOut() {
            add();
            PasswordPlace browser = PasswordPlace.browser(UUID.randomUUID());
            for (int i = 0; i < PasswordGuess.FREE_FAILURES; i++) {
                assertThat(check(browser, WRONG)).isInstanceOf(PasswordCheck.Wrong.class);
            }

            assertThat(check(browser, RIGHT)).isInstanceOf(PasswordCheck.Throttled.class);
            assertThat(check(PasswordPlace.browser(UUID.randomUUID()), RIGHT)).isInstanceOf(PasswordCheck.Right.class);
            assertThat(check(RIGHT)).isInstanceOf(PasswordCheck.Right.class);
        }

        @Test
        void sixteenGuessesOverFourNamesMeetTheLimitOfTheAddress() {
            List<PasswordCheck> answers = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                name = "guessed " + i % 4 + " " + organizationId;
                answers.add(check(WRONG));
            }

            assertThat(answers.subList(0, 15)).hasOnlyElementsOfType(PasswordCheck.Wrong.class);
            assertThat(answers.get(15)).isInstanceOf(PasswordCheck.Throttled.class);
            add();
            assertThat(check(RIGHT)).isInstanceOf(PasswordCheck.Throttled.class);
            assertThat(check(PasswordPlace.browser(UUID.randomUUID()), RIGHT)).isInstanceOf(PasswordCheck.Right.class);
            address.set("another address");
            assertThat(check(RIGHT)).isInstanceOf(PasswordCheck.Right.class);
        }

        @Test
        void waitOfAnAddressGrowsAndItsFailuresAreForgottenAfterTheWindow() {
            checks = checks(new CountingPasswords(permits(), () -> {}), new AddressLimit(2, WINDOW));
            guessAtAnotherName(2);
            assertThat(guessAtAnotherName(1)).isEqualTo(Duration.ofSeconds(1));
            clock.putForward(Duration.ofSeconds(1));
            guessAtAnotherName(1);
            assertThat(guessAtAnotherName(1)).isEqualTo(Duration.ofSeconds(2));
            clock.putForward(WINDOW);

            assertThat(guessAtAnotherName(2)).isZero();
        }

        /** How long the last of the guesses has to wait. */
        private Duration guessAtAnotherName(int times) {
            Duration wait = Duration.ZERO;
            for (int i = 0; i < times; i++) {
                name = UUID.randomUUID().toString();
                wait = check(WRONG) instanceof PasswordCheck.Throttled throttled
                        ? throttled.remaining().plusMillis(999).truncatedTo(ChronoUnit.SECONDS)
                        : Duration.ZERO;
            }
            return wait;
        }

        @Test
        void rightPasswordsAreNoFailuresOfTheirAddress() {
            add();
            for (int i = 0; i < 20; i++) {
                assertThat(check(RIGHT)).isInstanceOf(PasswordCheck.Right.class);
            }
        }

        @Test
        void addressHasNoLimitWhereItIsZero() {
            checks = checks(new CountingPasswords(permits(), () -> {}), new AddressLimit(0, WINDOW));

            assertThat(guessAtAnotherName(20)).isZero();
        }

        @Test
        void strangersUseUpNinetyFailuresInARowAndKnownPlacesHaveTheRest() {
            User user = add();
            failAsStranger(GuessedAccount.MOST_OF_STRANGERS);

            assertThat(check(RIGHT)).isEqualTo(new PasswordCheck.Throttled(PasswordGuess.LONGEST_WAIT));
            assertThat(usedUp)
                    .extracting(PasswordGuessesUsedUp::userId, PasswordGuessesUsedUp::reach)
                    .containsExactly(tuple(user.id(), PasswordGuessesUsedUp.Reach.STRANGERS));
            fail(PasswordPlace.browser(UUID.randomUUID()), 9);
            assertThat(check(PasswordPlace.session(UUID.randomUUID()), RIGHT)).isInstanceOf(PasswordCheck.Right.class);
            assertThat(check(RIGHT))
                    .as("from elsewhere, once it was right in a known place")
                    .isInstanceOf(PasswordCheck.Right.class);
        }

        @Test
        void afterAHundredFailuresInARowNoPasswordIsLookedAtUntilItIsAnother() {
            User user = add();
            fail(PasswordPlace.stranger(), GuessedAccount.MOST_OF_STRANGERS);
            PasswordPlace browser = PasswordPlace.browser(UUID.randomUUID());
            fail(browser, 10);
            int before = hashes.get();

            assertThat(check(browser, RIGHT)).isInstanceOf(PasswordCheck.Throttled.class);
            assertThat(check(PasswordPlace.session(UUID.randomUUID()), RIGHT))
                    .isInstanceOf(PasswordCheck.Throttled.class);
            assertThat(checks.checkAgain(organizationId, user.id(), RIGHT)).isInstanceOf(PasswordCheck.Throttled.class);
            assertThat(check(RIGHT)).isInstanceOf(PasswordCheck.Throttled.class);
            assertThat(hashes).hasValue(before);
            assertThat(usedUp)
                    .extracting(PasswordGuessesUsedUp::reach)
                    .containsExactly(PasswordGuessesUsedUp.Reach.STRANGERS, PasswordGuessesUsedUp.Reach.EVERYWHERE);

            new TransactionalGuesses(new AddressLimit(15, WINDOW)).forget(user, clock.now());
            assertThat(check(browser, RIGHT)).isInstanceOf(PasswordCheck.Right.class);
            assertThat(check(RIGHT)).isInstanceOf(PasswordCheck.Right.class);
        }

        @Test
        void failuresAtAnUnknownNameAreUsedUpAlike() {
            failAsStranger(GuessedAccount.MOST_OF_STRANGERS);

            assertThat(check(WRONG)).isEqualTo(new PasswordCheck.Throttled(PasswordGuess.LONGEST_WAIT));
            assertThat(usedUp)
                    .extracting(PasswordGuessesUsedUp::userId, PasswordGuessesUsedUp::reach)
                    .containsExactly(tuple(null, PasswordGuessesUsedUp.Reach.STRANGERS));
        }

        @Test
        void failuresThatARightPasswordInterruptsAreNotInARow() {
            add();
            failAsStranger(GuessedAccount.MOST_OF_STRANGERS - 1);
            assertThat(check(RIGHT)).isInstanceOf(PasswordCheck.Right.class);

            fail(PasswordPlace.stranger(), 10);

            assertThat(check(RIGHT)).isInstanceOf(PasswordCheck.Right.class);
            assertThat(usedUp).isEmpty();
        }

        @Test
        void guessesAtOnceFromTwoPlacesCountAsTwo() {
            AtomicInteger turn = new AtomicInteger();

            List<PasswordCheck> answers = atOnce(() -> check(
                    turn.getAndIncrement() % 2 == 0
                            ? PasswordPlace.stranger()
                            : PasswordPlace.browser(UUID.randomUUID()),
                    WRONG));

            int looked = Math.toIntExact(answers.stream()
                    .filter(PasswordCheck.Wrong.class::isInstance)
                    .count());
            assertThat(looked).isEqualTo(AT_ONCE / 2 + PasswordGuess.FREE_FAILURES);
            int counted = inTransaction(() ->
                    database.entities().find(GuessedAccount.class, account()).failures());
            assertThat(counted).isEqualTo(looked);
        }

        private List<PasswordCheck> atOnce(Supplier<PasswordCheck> call) {
            CyclicBarrier together = new CyclicBarrier(AT_ONCE);
            return Stream.generate(() -> inThread(() -> {
                        try {
                            together.await();
                        } catch (Exception e) {
                            throw new IllegalStateException(e);
                        }
                        return call.get();
                    }))
                    .limit(AT_ONCE)
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .toList();
        }

        private static <R> CompletableFuture<R> inThread(Supplier<R> work) {
            CompletableFuture<R> result = new CompletableFuture<>();
            new Thread(() -> {
                        try {
                            result.complete(work.get());
                        } catch (RuntimeException e) {
                            result.completeExceptionally(e);
                        }
                    })
                    .start();
            return result;
        }

        private static PrioritySemaphore permits() {
            return new PrioritySemaphore(2, 100);
        }

        /** The hashes are counted; none of them may run in a transaction. */
        private final class CountingPasswords extends Passwords {
            private final Runnable meanwhile;

            /**
             * Passwords.
             *
             * @param meanwhile what happens while each is checked
             */
            CountingPasswords(PrioritySemaphore permits, Runnable meanwhile) {
                super(new PasswordPolicy(nobody(Instance.class), 15, 8), permits, Duration.ofMinutes(1));
                this.meanwhile = meanwhile;
            }

            @Override
            Verification verify(String password, @Nullable String hash, int rank) {
                assertThat(database.isInTransaction()).isFalse();
                Verification verification = super.verify(password, hash, rank);
                hashes.incrementAndGet();
                meanwhile.run();
                return verification;
            }

            /** As cheap as a hash can be: this is not about hashing. */
            @Override
            public String hash(String password) {
                return "the hash of " + password;
            }

            @Override
            boolean matches(String password, @Nullable String hash) {
                return hash(password).equals(hash);
            }
        }

        /** Time passes only when a test lets it. */
        private static final class StillClock extends WallClock {
            private final Instant begun = super.now();

            @Override
            public Instant now() {
                return begun.plus(ahead());
            }
        }

        /** A request from the address that the test names. */
        private final class FromAddress extends RemoteAddress {
            @Override
            public Optional<String> find() {
                return Optional.ofNullable(address.get());
            }
        }

        /** As a server runs them: each method in a transaction. */
        private final class TransactionalGuesses extends PasswordGuesses {
            TransactionalGuesses(AddressLimit limit) {
                super(database.entities(), users, limit, heardBy(usedUp));
            }

            @Override
            Reservation reserve(Claimant claimant, Optional<String> from, Instant now) {
                return inTransaction(() -> super.reserve(claimant, from, now));
            }

            @Override
            void makeCounters(Claimant claimant, Optional<String> from, Instant now) {
                inTransaction(() -> {
                    super.makeCounters(claimant, from, now);
                    return claimant;
                });
            }

            @Override
            void forget(User user, Instant now) {
                inTransaction(() -> {
                    super.forget(user, now);
                    return user;
                });
            }

            @Override
            <R> R settle(
                    Reserved reserved, Verification verification, Instant now, Function<PasswordCheck, R> settlement) {
                return inTransaction(() -> super.settle(reserved, verification, now, settlement));
            }
        }
    }

    @SuppressWarnings("unchecked") // a proxy of a generic interface
    private static Event<PasswordGuessesUsedUp> heardBy(List<PasswordGuessesUsedUp> heard) {
        return (Event<PasswordGuessesUsedUp>) Proxy.newProxyInstance(
                Event.class.getClassLoader(), new Class<?>[] {Event.class}, (proxy, method, arguments) -> {
                    heard.add((PasswordGuessesUsedUp) arguments[0]);
                    return null;
                });
    }

    /** Somebody whom nobody asks anything. */
    @SuppressWarnings("unchecked") // a proxy of a generic interface
    private static <T> T nobody(Class<? super T> type) {
        return (T) Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
            throw new UnsupportedOperationException(method.getName());
        });
    }
}
