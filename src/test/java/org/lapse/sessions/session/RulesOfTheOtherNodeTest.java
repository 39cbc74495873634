package org.lapse.sessions.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.ws.rs.core.SecurityContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lapse.middle.CalledBy;
import org.lapse.middle.LapseInJavaSE;
import org.lapse.middle.OnTwoNodes;
import org.lapse.middle.TwoNodes;
import org.lapse.organizations.directory.GroupsResource;
import org.lapse.organizations.directory.Organizations;
import org.lapse.organizations.directory.PasswordCheck;
import org.lapse.organizations.directory.PasswordChecks;
import org.lapse.organizations.directory.PasswordPlace;
import org.lapse.organizations.directory.Role;
import org.lapse.organizations.directory.RolesResource;
import org.lapse.organizations.directory.User;
import org.lapse.organizations.directory.Users;
import org.lapse.organizations.settings.IdleTokenTimeout;
import org.lapse.organizations.settings.InactivityTimeoutGroupBundle;
import org.lapse.organizations.settings.OrganizationsResource;
import org.lapse.organizations.settings.TimeoutResource;
import org.lapse.platform.api.ApiException;
import org.lapse.platform.api.Caller;
import org.lapse.platform.api.FakeResponse;
import org.lapse.platform.api.Permission;
import org.lapse.sessions.ledger.LiveSession;
import org.lapse.sessions.openwork.HoldBody;
import org.lapse.sessions.openwork.HoldRequest;
import org.lapse.sessions.openwork.UserHoldsResource;

/** What an administrator changes on one node, or somebody uses up there, holds on the other. */
@OnTwoNodes(
        configuration = {
            "lapse.limit.openings-of-user=30",
            "lapse.limit.sessions-of-user=0",
            "lapse.limit.sessions-of-user-in-application=0"
        })
class RulesOfTheOtherNodeTest {
    private static final Duration TIMEOUT = Duration.ofMinutes(30);

    private final TwoNodes nodes;
    private final LapseInJavaSE a;
    private final LapseInJavaSE b;
    private final UUID demo;
    private final User alice;
    private final SecurityContext administrator;

    RulesOfTheOtherNodeTest(TwoNodes nodes) {
        this.nodes = nodes;
        this.a = nodes.a();
        this.b = nodes.b();
        this.demo =
                a.get(Organizations.class).findByDomain("demo").orElseThrow().id();
        this.alice =
                a.get(Users.class).findByUsername(demo, "alice@demo.example").orElseThrow();
        this.administrator =
                new CalledBy(new Caller(demo, "administration", null, "administration", Permission.all(), "a token"));
    }

    @BeforeEach
    void everybodyHasTheSameTimeout() {
        UsedSessions.setTimeout(a, TIMEOUT);
        nodes.catchUp();
    }

    @AfterEach
    void nothingElseGoverns() {
        obeyHipaa(a, false);
        setBundles(false, List.of());
        nodes.catchUp();
    }

    @Test
    void groupBundleGovernsTheSessionsOfTheOtherNodeForAsLongAsItsGroupHasTheUser() {
        UUID session = new UsedSessions(b).open();
        UUID group = onA(
                        GroupsResource.class,
                        groups -> groups.create(
                                new GroupsResource.GroupChange("Team " + session, null, null, null, null),
                                administrator))
                .id();
        setBundles(true, List.of(new InactivityTimeoutGroupBundle(1, 600, null, List.of(group), null)));
        nodes.catchUp();
        assertThat(timeoutOnB(session)).isEqualTo(TIMEOUT);

        doOnA(
                GroupsResource.class,
                groups -> groups.addMembers(
                        group, new GroupsResource.MembersChange(List.of(alice.id()), null), administrator));
        assertThat(timeoutOnB(session)).isEqualTo(TIMEOUT);
        nodes.catchUp();
        assertThat(timeoutOnB(session)).isEqualTo(Duration.ofMinutes(10));

        setBundles(true, List.of(new InactivityTimeoutGroupBundle(1, 900, null, List.of(group), null)));
        nodes.catchUp();
        assertThat(timeoutOnB(session)).isEqualTo(Duration.ofMinutes(15));

        doOnA(GroupsResource.class, groups -> groups.delete(group, administrator));
        nodes.catchUp();
        assertThat(timeoutOnB(session)).isEqualTo(TIMEOUT);
    }

    @Test
    void hipaaBoundsTheSessionsOfTheOtherNode() {
        UUID session = new UsedSessions(b).open();
        obeyHipaa(a, true);
        nodes.catchUp();
        assertThat(timeoutOnB(session)).isEqualTo(Duration.ofMinutes(15));

        obeyHipaa(b, false);
        nodes.catchUp();
        UUID later = new UsedSessions(a).open();
        nodes.catchUp();
        assertThat(timeoutOnB(session)).isEqualTo(TIMEOUT);
        assertThat(timeoutOnB(later)).isEqualTo(TIMEOUT);
    }

    @Test
    void roleThatIsChangedAndTakenAwayChangesWhatUsersMayDoOnTheOtherNode() {
        Role role = new Role(demo, "Role " + UUID.randomUUID(), Set.of());
        a.inTransaction(() -> a.entities().persist(role));
        a.inTransaction(() ->
                a.entities().find(User.class, alice.id()).grant(a.entities().find(Role.class, role.id())));
        UUID session = new UsedSessions(b).open();
        nodes.catchUp();
        String permission = Permission.ROUTING_USER_STATUS_EDIT.wireName();
        assertThat(permissionsOnB(session)).doesNotContain(permission);

        doOnA(
                RolesResource.class,
                roles -> roles.change(
                        role.id(), new RolesResource.RoleChange(null, null, Set.of(permission)), administrator));
        nodes.catchUp();
        assertThat(permissionsOnB(session)).contains(permission);

        doOnA(RolesResource.class, roles -> roles.delete(role.id(), administrator));
        nodes.catchUp();
        assertThat(permissionsOnB(session)).doesNotContain(permission);
    }

    @Test
    void holdOfOneNodeKeepsASessionOfTheOtherAndItsEndCountsThere() {
        UUID session = new UsedSessions(b).open();
        nodes.catchUp();
        HoldBody hold = onA(
                UserHoldsResource.class,
                holds -> holds.open(alice.id(), new HoldRequest("interaction", 7200), administrator));
        nodes.catchUp();
        nodes.putForward(TIMEOUT.plusMinutes(5));
        settleBoth();
        assertThat(accessOnB(session)).isInstanceOf(Access.Granted.class);

        Instant ended = a.clock().now();
        doOnA(UserHoldsResource.class, holds -> holds.end(alice.id(), hold.id(), administrator));
        nodes.catchUp();
        assertThat(deadlineOnB(session))
                .isBetween(ended.plus(TIMEOUT).minusMillis(1), a.clock().now().plus(TIMEOUT));

        nodes.putForward(TIMEOUT.plusSeconds(1));
        settleBoth();
        assertThat(accessOnB(session)).isInstanceOf(Access.Refused.class);
    }

    @Test
    void wrongPasswordsAreCountedForBothNodes() {
        String bob = "bob@demo.example";
        boolean throttled = IntStream.range(0, 40)
                .mapToObj(guess -> check(guess % 2 == 0 ? a : b, bob, "wrong"))
                .anyMatch(PasswordCheck.Throttled.class::isInstance);

        assertThat(throttled).isTrue();
        assertThat(check(a, bob, "wrong again")).isInstanceOf(PasswordCheck.Throttled.class);
        assertThat(check(b, bob, "wrong again")).isInstanceOf(PasswordCheck.Throttled.class);
    }

    @Test
    void sessionsThatAUserOpensInADayAreCountedForBothNodes() {
        nodes.putForward(Duration.ofDays(1));
        IntStream.range(0, 15).forEach(once -> {
            new UsedSessions(a).open();
            new UsedSessions(b).open();
        });

        assertThatThrownBy(new UsedSessions(a)::open)
                .isInstanceOfSatisfying(ApiException.class, refusal -> assertThat(refusal.status())
                        .isEqualTo(429));
        assertThatThrownBy(new UsedSessions(b)::open).isInstanceOf(ApiException.class);
        nodes.putForward(Duration.ofDays(1));
        new UsedSessions(b).open();
    }

    private void settleBoth() {
        TwoNodes.turn(b);
        TwoNodes.turn(a);
        a.get(DeadlineEnforcement.class).settle(a.clock().now());
        TwoNodes.turn(b);
    }

    private void setBundles(boolean on, List<InactivityTimeoutGroupBundle> bundles) {
        doOnA(
                TimeoutResource.class,
                timeouts -> timeouts.put(
                        new IdleTokenTimeout(null, null, null, on, bundles),
                        null,
                        administrator,
                        new FakeResponse().asServletResponse()));
    }

    private <R, T> T onA(Class<R> resource, Function<R, T> call) {
        AtomicReference<T> answer = new AtomicReference<>();
        a.inRequest(() -> answer.set(call.apply(a.get(resource))));
        return Objects.requireNonNull(answer.get());
    }

    /** For calls that answer nothing. */
    private <R> void doOnA(Class<R> resource, Consumer<R> call) {
        a.inRequest(() -> call.accept(a.get(resource)));
    }

    private void obeyHipaa(LapseInJavaSE node, boolean obey) {
        node.inRequest(() -> node.get(OrganizationsResource.class)
                .switchFeature("hipaa", Boolean.toString(obey), null, administrator));
    }

    private PasswordCheck check(LapseInJavaSE node, String username, String password) {
        return node.get(PasswordChecks.class)
                .check(demo, username, PasswordPlace.stranger(), password, Function.identity());
    }

    private Duration timeoutOnB(UUID session) {
        return onB(session).timeout().timeout().orElseThrow();
    }

    private Set<String> permissionsOnB(UUID session) {
        return onB(session).principal().entitlements().permissions();
    }

    private Instant deadlineOnB(UUID session) {
        return onB(session).deadline();
    }

    private LiveSession<SessionPrincipal> onB(UUID session) {
        return b.get(Admission.class).find(session).orElseThrow();
    }

    private Access accessOnB(UUID session) {
        return b.get(Admission.class).access(session.toString());
    }
}
