package org.lapse.sessions.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.lapse.middle.LapseInJavaSE;
import org.lapse.middle.OnBothDatabases;
import org.lapse.middle.Strand;
import org.lapse.middle.Strands;
import org.lapse.organizations.directory.Organizations;
import org.lapse.organizations.directory.User;
import org.lapse.platform.api.Caller;
import org.lapse.platform.api.Permission;

/** A routing status and the hold that follows from it are one. */
@OnBothDatabases
class ChoicesTest {
    private final LapseInJavaSE lapse;
    private final Choices choices;
    private final User user;
    private final Caller router;

    ChoicesTest(LapseInJavaSE lapse) {
        this.lapse = lapse;
        this.choices = lapse.get(Choices.class);
        UUID organizationId = lapse.get(Organizations.class)
                .findByDomain("demo")
                .orElseThrow()
                .id();
        this.user = new User(
                organizationId,
                UUID.randomUUID().toString(),
                "Somebody",
                null,
                lapse.clock().now());
        lapse.inTransaction(() -> lapse.entities().persist(user));
        this.router = new Caller(organizationId, "demo-service", null, "demo-service", Permission.all(), "a token");
    }

    @Test
    void interactionThatIsOverAtOnceLeavesNoHold() throws SQLException {
        try (Strands strands = lapse.strands()) {
            Strand interacting = strands.of("interacting", () -> choose(RoutingStatus.INTERACTING));
            interacting.goOnTo(Strand.Place.AFTER_COMMIT);

            choose(RoutingStatus.IDLE);
            interacting.finish();
        }

        assertThat(openHolds()).isZero();
    }

    @Test
    void interactionThatBeginsHoldsItsUser() {
        choose(RoutingStatus.IDLE);
        choose(RoutingStatus.INTERACTING);

        assertThat(openHolds()).isEqualTo(1);
    }

    private void choose(RoutingStatus status) {
        choices.routingStatus(router, user.id(), status);
    }

    private long openHolds() {
        return lapse.inTransaction(() -> ((Number) lapse.entities()
                        .createNativeQuery("select count(*) from hold where user_id = ?1 and ended_at is null")
                        .setParameter(1, user.id())
                        .getSingleResult())
                .longValue());
    }
}
