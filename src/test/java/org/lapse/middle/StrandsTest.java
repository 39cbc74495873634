package org.lapse.middle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.persistence.LockModeType;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.lapse.organizations.directory.Entitlements;
import org.lapse.organizations.directory.EntitlementsChanged;
import org.lapse.organizations.directory.Organizations;
import org.lapse.organizations.directory.Role;
import org.lapse.organizations.directory.User;
import org.lapse.organizations.directory.Users;
import org.lapse.platform.api.Permission;

/** Two transactions that change one user, one boundary at a time. */
@OnBothDatabases
class StrandsTest {
    private final LapseInJavaSE lapse;
    private final Strands strands;
    private final Users users;
    private final UUID organizationId;
    private final UUID userId;

    StrandsTest(LapseInJavaSE lapse) {
        this.lapse = lapse;
        this.strands = lapse.strands();
        this.users = lapse.get(Users.class);
        this.organizationId = lapse.get(Organizations.class)
                .findByDomain("demo")
                .orElseThrow()
                .id();
        User user = new User(
                organizationId,
                UUID.randomUUID().toString(),
                "Somebody",
                null,
                lapse.clock().now());
        lapse.inTransaction(() -> lapse.entities().persist(user));
        this.userId = user.id();
    }

    @AfterEach
    void endStrands() throws SQLException {
        strands.close();
    }

    @Test
    void nobodyElseSeesWhatIsNotCommitted() {
        Strand granting = strands.of("granting", () -> grant(newRole()));

        granting.goOnTo(Strand.Place.BEFORE_COMMIT);
        assertThat(permissions()).isEmpty();

        granting.goOnTo(Strand.Place.AFTER_COMMIT);
        assertThat(permissions()).isNotEmpty();
    }

    @Test
    void observersAreToldAfterTheSecondBoundary() {
        Strand changing = strands.of("changing", () -> tellThat("only"));

        changing.goOnTo(Strand.Place.AFTER_COMMIT);
        assertThat(told()).isEmpty();

        changing.finish();
        assertThat(told()).containsExactly("only");
    }

    @Test
    void theSecondWaitsForTheRowUntilTheFirstHasCommitted() {
        Strand first = strands.of("first", () -> grant(newRole()));
        Strand second = strands.of("second", () -> grant(newRole()));

        first.goOnTo(Strand.Place.BEFORE_COMMIT);
        assertThat(second.goOn()).isEqualTo(Strand.Place.BLOCKED);

        assertThat(first.goOn()).isEqualTo(Strand.Place.AFTER_COMMIT);
        assertThat(second.place()).isEqualTo(Strand.Place.BEFORE_COMMIT);
        second.finish();
        first.finish();
        assertThat(lapse.inTransaction(() -> user().roleNames())).hasSize(2);
    }

    @Test
    void observersCanBeToldInTheOppositeOrderOfTheCommits() {
        Strand first = strands.of("first", () -> tellThat("first"));
        Strand second = strands.of("second", () -> tellThat("second"));

        first.goOnTo(Strand.Place.AFTER_COMMIT);
        second.finish();
        first.finish();

        assertThat(told()).containsExactly("second", "first");
    }

    @Test
    void whatTheWorkThrowsIsKept() {
        Strand failing = strands.of("failing", () -> {
            throw new IllegalStateException("no");
        });

        assertThat(failing.goOn()).isEqualTo(Strand.Place.END);
        assertThat(failing.failure()).get().hasToString("java.lang.IllegalStateException: no");
        assertThatThrownBy(failing::finish).isInstanceOf(AssertionError.class);
    }

    /** Locks the user's row and gives the user a role. */
    private void grant(Role role) {
        lapse.inTransaction(() -> {
            User user = lapse.entities().find(User.class, userId, LockModeType.PESSIMISTIC_WRITE);
            lapse.entities().persist(role);
            user.grant(role);
        });
    }

    /** Reads the user and tells of something that has no other meaning than its name. */
    private void tellThat(String what) {
        lapse.inTransaction(() -> {
            user();
            lapse.fire(new EntitlementsChanged(0, Map.of(userId, new Entitlements(Set.of(), Set.of(what)))));
        });
    }

    private List<String> told() {
        return lapse.toldAfterSuccess(EntitlementsChanged.class).stream()
                .map(changed -> changed.byUser().get(userId))
                .filter(Objects::nonNull)
                .flatMap(entitlements -> entitlements.permissions().stream())
                .toList();
    }

    private Role newRole() {
        return new Role(organizationId, UUID.randomUUID().toString(), Permission.all());
    }

    private Set<String> permissions() {
        return users.entitlements(List.of(userId)).values().stream()
                .flatMap(entitlements -> entitlements.permissions().stream())
                .collect(Collectors.toSet());
    }

    private User user() {
        return users.find(organizationId, userId).orElseThrow();
    }
}
