package org.lapse.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.LockModeType;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.lapse.access.signin.SignIn;
import org.lapse.access.signin.SignInFixture;
import org.lapse.middle.LapseInJavaSE;
import org.lapse.middle.OnBothDatabases;
import org.lapse.organizations.directory.Organizations;
import org.lapse.organizations.directory.User;

/** What is found with a lock is what is in the database then, however early it was read. */
@OnBothDatabases
class RowLocksTest {
    private final LapseInJavaSE lapse;
    private final UUID id;

    RowLocksTest(LapseInJavaSE lapse) {
        this.lapse = lapse;
        User user = new User(
                lapse.get(Organizations.class)
                        .findByDomain("demo")
                        .orElseThrow()
                        .id(),
                UUID.randomUUID().toString(),
                "Somebody",
                null,
                lapse.clock().now());
        this.id = lapse.inTransaction(() -> {
            lapse.entities().persist(user);
            lapse.entities().flush();
            return SignInFixture.persisted(lapse, user).id();
        });
    }

    @Test
    void whatSomebodyElseHasWrittenSinceItWasReadIsFound() {
        lapse.inTransaction(() -> {
            SignIn read = lapse.entities().find(SignIn.class, id);
            assertThat(read.isOver(lapse.clock().now())).isFalse();
            CompletableFuture.runAsync(() -> lapse.inTransaction(() -> end())).join();

            assertThat(RowLocks.find(lapse.entities(), SignIn.class, id, LockModeType.PESSIMISTIC_WRITE))
                    .containsSame(read)
                    .hasValueSatisfying(found ->
                            assertThat(found.isOver(lapse.clock().now())).isTrue());
        });
    }

    @Test
    void whatThisTransactionHasChangedIsKept() {
        lapse.inTransaction(() -> {
            SignInFixture.end(
                    lapse.entities().find(SignIn.class, id), lapse.clock().now());

            assertThat(RowLocks.find(lapse.entities(), SignIn.class, id, LockModeType.PESSIMISTIC_WRITE))
                    .hasValueSatisfying(found ->
                            assertThat(found.isOver(lapse.clock().now())).isTrue());
        });
    }

    @Test
    void whatIsNotThereIsNotFound() {
        lapse.inTransaction(() -> assertThat(
                        RowLocks.find(lapse.entities(), SignIn.class, UUID.randomUUID(), LockModeType.PESSIMISTIC_READ))
                .isEmpty());
    }

    private void end() {
        assertThat(lapse.entities()
                        .createNativeQuery("update sign_in set ended_at = authenticated_at where id = :id")
                        .setParameter("id", id)
                        .executeUpdate())
                .isEqualTo(1);
    }
}
