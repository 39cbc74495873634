package org.lapse.access.oauth;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import jakarta.enterprise.event.Event;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.lapse.platform.api.ApiException;
import org.lapse.platform.changes.ChangeNumbers;
import org.lapse.platform.database.Turns;

/** When the keys are read and replaced. */
@Timeout(60)
class SigningKeysTest {
    private static final Duration ROTATION = Duration.ofDays(90);
    private static final Duration LAG = Duration.ofSeconds(10);
    private static final Instant START = Wanted.NINE;
    private static final JWTClaimsSet CLAIMS =
            new JWTClaimsSet.Builder().subject("desk").build();

    private final ChangeNumbers numbers = new ChangeNumbers(unused(EntityManager.class));
    private final Rows rows = new Rows();
    private final SigningKeys keys = new SigningKeys(rows, new StoredJwk(Optional.empty()), numbers, ROTATION);

    @Test
    void whileTheKeysAreKnownSigningAsksTheDatabaseNothing() throws Exception {
        keys.prepare(START);
        int before = rows.readings.get();

        String kid = kid(START);
        for (int i = 0; i < 10; i++) {
            assertThat(kid(START.plus(LAG).minusMillis(1))).isEqualTo(kid);
        }
        assertThat(rows.readings).hasValue(before);

        assertThat(kid(START.plus(LAG))).isEqualTo(kid);
        assertThat(rows.readings).hasValue(before + 1);
    }

    @Test
    void whileOneReadsTheKeysAnewTheOthersSignWithWhatIsKnown() throws Exception {
        keys.prepare(START);
        String kid = kid(START);
        Instant later = START.plus(LAG);
        rows.holdUp();
        CompletableFuture<String> reader = CompletableFuture.supplyAsync(() -> kid(later));
        rows.awaitReader();

        assertThat(kid(later)).isEqualTo(kid);
        assertThat(reader).isNotDone();

        rows.goOn();
        assertThat(reader.get(30, SECONDS)).isEqualTo(kid);
    }

    @Test
    void changeThatIsMadeWhileTheKeysAreReadIsNotOverlooked() throws Exception {
        keys.prepare(START);
        Instant later = START.plus(LAG);
        rows.holdUp();
        CompletableFuture<String> reader = CompletableFuture.supplyAsync(() -> kid(later));
        rows.awaitReader();

        CompletableFuture<String> rotation = new CompletableFuture<>();
        Thread rotating = new Thread(() -> rotation.complete(keys.rotate(later)));
        rotating.start();
        rows.awaitChange();
        while (rotating.getState() != Thread.State.WAITING && rotating.isAlive()) {
            Thread.onSpinWait(); // until it waits for the reader, or has not waited
        }
        rows.goOn();
        reader.get(30, SECONDS);

        String next = rotation.get(30, SECONDS);
        assertThat(kid(later)).isEqualTo(next);
    }

    @Test
    void keyIsReplacedOnceExactlyAtItsAge() throws Exception {
        keys.prepare(START);
        String first = kid(START);
        Instant due = START.plus(ROTATION);

        assertThat(kid(due.minusMillis(1))).isEqualTo(first);
        String second = kid(due);
        assertThat(second).isNotEqualTo(first);
        assertThat(kid(due.plusMillis(1))).isEqualTo(second);
        assertThat(rows.stored).hasSize(2);
    }

    @Test
    void whileAKeyIsReplacedTheOthersSignWithTheOldOne() throws Exception {
        keys.prepare(START);
        String first = kid(START);
        Instant due = START.plus(ROTATION);
        rows.holdUp();
        CompletableFuture<String> replacing = CompletableFuture.supplyAsync(() -> kid(due));
        rows.awaitReader();

        assertThat(kid(due)).isEqualTo(first);

        rows.goOn();
        assertThat(replacing.get(30, SECONDS)).isNotEqualTo(first);
        assertThat(rows.stored).hasSize(2);
    }

    @Test
    void tokensOfAReplacedKeyStayOurs() throws Exception {
        keys.prepare(START);
        SignedJWT token = SignedJWT.parse(keys.sign(JOSEObjectType.JWT, CLAIMS, START));
        keys.rotate(START);

        assertThat(keys.hasSigned(token, START)).isTrue();
        assertThat(keys.published(START, () -> {}).getKeys()).hasSize(2);
    }

    @Test
    void whileTheDatabaseIsOutOfReachTheKnownKeysGoOn() {
        keys.prepare(START);
        String kid = kid(START);
        Instant later = START.plus(LAG);
        rows.outage = new PersistenceException(new SQLException("gone", "08006"));
        int before = rows.readings.get();

        assertThat(keys.published(later, () -> {}).getKeys())
                .extracting(JWK::getKeyID)
                .containsExactly(kid);
        assertThat(kid(later)).isEqualTo(kid);
        assertThat(rows.readings).as("one has waited for the others").hasValue(before + 1);

        rows.outage = null;
        assertThat(kid(later.plus(LAG))).isEqualTo(kid);
        assertThat(rows.readings).hasValue(before + 2);
    }

    @Test
    void whoFindsNoPlaceAtTheDatabaseIsGivenTheKnownKeys() {
        Runnable refuses = () -> {
            throw ApiException.serviceUnavailable("Too many calls wait.", 1);
        };
        assertThatThrownBy(() -> keys.published(START, refuses)).isInstanceOf(ApiException.class);

        keys.prepare(START);

        assertThat(keys.published(START, refuses).getKeys()).hasSize(1);
        assertThat(keys.published(START.plus(LAG), refuses).getKeys()).hasSize(1);
    }

    private String kid(Instant now) {
        try {
            return SignedJWT.parse(keys.sign(JOSEObjectType.JWT, CLAIMS, now))
                    .getHeader()
                    .getKeyID();
        } catch (ParseException e) {
            throw new AssertionError("What was signed is a JWT", e);
        }
    }

    /** The rows of a table that is a list, whose readers can be held up. */
    private final class Rows extends SigningKeyRows {
        private final List<SigningKey> stored = new ArrayList<>();
        private final CountDownLatch changed = new CountDownLatch(2); // by the first key, and by the next
        private volatile CountDownLatch reading = new CountDownLatch(0);
        private volatile CountDownLatch held = new CountDownLatch(0);
        private final AtomicInteger readings = new AtomicInteger();
        private volatile @Nullable RuntimeException outage;

        Rows() {
            super(unused(EntityManager.class), new Turns(unused(EntityManager.class)), numbers, unused(Event.class));
        }

        @Override
        List<SigningKey> all() {
            List<SigningKey> found;
            synchronized (stored) {
                found = List.copyOf(stored);
                readings.incrementAndGet();
            }
            RuntimeException gone = outage;
            if (gone != null) {
                throw gone;
            }
            reading.countDown();
            await(held);
            return found;
        }

        @Override
        void replaceBy(SigningKey key, Instant forgetRetiredBefore) {
            synchronized (stored) {
                stored.add(key);
            }
            changed.countDown();
            keys.forget(new SigningKeysChanged(stored.size(), key.id()));
        }

        @Override
        void replaceAgedBy(SigningKey key, Instant agedBefore, Instant forgetRetiredBefore) {
            replaceBy(key, forgetRetiredBefore);
        }

        void holdUp() {
            reading = new CountDownLatch(1);
            held = new CountDownLatch(1);
        }

        void awaitReader() {
            await(reading);
        }

        void awaitChange() {
            await(changed);
        }

        void goOn() {
            held.countDown();
        }

        private static void await(CountDownLatch latch) {
            try {
                assertThat(latch.await(30, SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new AssertionError("Nobody interrupts a test", e);
            }
        }
    }

    /** Something that nobody calls. */
    @SuppressWarnings("unchecked") // a proxy has the type arguments that are asked for
    private static <T> T unused(Class<? super T> type) {
        return (T) Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, given) -> {
            throw new AssertionError("There is no database");
        });
    }
}
