package org.lapse.organizations.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Instance;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
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
            clock = new WallClock();
            hashes.set(0);
            name = UUID.randomUUID() + "@one.example";
            checks = checks(new CountingPasswords(permits(), () -> {}));
        }

        private PasswordChecks checks(Passwords passwords) {
            return new PasswordChecks(
                    new TransactionalGuesses(), passwords, new AddressHistory(), new RemoteAddress(), clock);
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
            return checks.check(organizationId, name, password, Function.identity());
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

            boolean settledInside = checks.check(organizationId, name, RIGHT, check -> database.isInTransaction());

            assertThat(settledInside).isTrue();
            assertThat(hashes)
                    .as("of which each looks whether a transaction is open")
                    .hasValue(1);
        }

        @Test
        void settlementThatThrowsLeavesTheGuessCounted() {
            add();
            for (int i = 0; i < PasswordGuess.FREE_FAILURES; i++) {
                assertThatThrownBy(() -> checks.check(organizationId, name, RIGHT, check -> {
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
            return checks.checkKnown(organizationId, name, hash, password, Function.identity());
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
        }

        /** As a server runs them: each method in a transaction. */
        private final class TransactionalGuesses extends PasswordGuesses {
            TransactionalGuesses() {
                super(database.entities(), users);
            }

            @Override
            Reservation reserve(Claimant claimant, Instant now) {
                return inTransaction(() -> super.reserve(claimant, now));
            }

            @Override
            <R> R settle(
                    Reserved reserved, Verification verification, Instant now, Function<PasswordCheck, R> settlement) {
                return inTransaction(() -> super.settle(reserved, verification, now, settlement));
            }
        }
    }

    /** Somebody whom nobody asks anything. */
    @SuppressWarnings("unchecked") // a proxy of a generic interface
    private static <T> T nobody(Class<? super T> type) {
        return (T) Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
            throw new UnsupportedOperationException(method.getName());
        });
    }
}
