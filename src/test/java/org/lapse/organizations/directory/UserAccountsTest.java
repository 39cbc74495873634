package org.lapse.organizations.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.ws.rs.core.SecurityContext;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.lapse.middle.LapseInJavaSE;
import org.lapse.middle.OnBothDatabases;
import org.lapse.middle.Strand;
import org.lapse.middle.Strands;
import org.lapse.platform.api.ApiException;
import org.lapse.platform.api.Caller;
import org.lapse.platform.api.Permission;

/** What administrators do to users, and who is told of it when. */
@OnBothDatabases
class UserAccountsTest {
    private final LapseInJavaSE lapse;
    private final UserAccounts accounts;
    private final UUID organizationId;
    private final Caller administrator;

    UserAccountsTest(LapseInJavaSE lapse) {
        this.lapse = lapse;
        this.accounts = lapse.get(UserAccounts.class);
        this.organizationId = lapse.get(Organizations.class)
                .findByDomain("demo")
                .orElseThrow()
                .id();
        this.administrator =
                new Caller(organizationId, "demo-service", null, "demo-service", Permission.all(), "a token");
    }

    @Test
    void newUserIsFoundByTheNameForSigningInWhateverItsCase() {
        String email = UUID.randomUUID() + "@demo.example";
        UUID userId = create(email).id();

        assertThat(lapse.get(Users.class).findByUsername(organizationId, email.toUpperCase(Locale.ROOT)))
                .map(User::id)
                .contains(userId);
    }

    @Test
    void whatARoleGivesIsToldOnceTheTransactionHasSucceeded() {
        UUID userId = create().id();
        Role role = role(Permission.DIRECTORY_ORGANIZATION_ADMIN);

        lapse.inTransaction(() -> {
            accounts.setRoles(administrator, userId, List.of(role.id()));
            assertThat(lapse.fired(EntitlementsChanged.class)).anyMatch(changed -> concerns(changed, userId));
            assertThat(lapse.toldAfterSuccess(EntitlementsChanged.class))
                    .noneMatch(changed -> concerns(changed, userId));
        });

        assertThat(lapse.toldAfterSuccess(EntitlementsChanged.class))
                .filteredOn(changed -> concerns(changed, userId))
                .singleElement()
                .extracting(EntitlementsChanged::byUser, InstanceOfAssertFactories.map(UUID.class, Entitlements.class))
                .containsExactly(Map.entry(
                        userId,
                        new Entitlements(Set.of(), Set.of(Permission.DIRECTORY_ORGANIZATION_ADMIN.wireName()))));
    }

    @Test
    void nothingIsToldOfWhatIsRolledBack() {
        UUID userId = create().id();
        Role role = role(Permission.DIRECTORY_ORGANIZATION_ADMIN);

        assertThatThrownBy(() -> lapse.inTransaction(() -> {
                    accounts.setRoles(administrator, userId, List.of(role.id()));
                    throw new IllegalStateException("changed my mind");
                }))
                .hasMessage("changed my mind");

        assertThat(lapse.fired(EntitlementsChanged.class)).anyMatch(changed -> concerns(changed, userId));
        assertThat(lapse.toldAfterSuccess(EntitlementsChanged.class)).noneMatch(changed -> concerns(changed, userId));
        assertThat(accounts.roles(administrator, userId).roles()).isEmpty();
    }

    @Test
    void aRefusalRollsTheChangeBack() {
        UUID userId = create().id();
        Role role = role(Permission.DIRECTORY_ORGANIZATION_ADMIN);
        Caller mayNothing = new Caller(organizationId, "demo-desk", null, "demo-desk", Set.of(), "a token");

        assertThatThrownBy(() -> accounts.setRoles(mayNothing, userId, List.of(role.id())))
                .isInstanceOf(ApiException.class);

        assertThat(accounts.roles(administrator, userId).roles()).isEmpty();
    }

    @Test
    void nobodyReachesAUserWhoMayDoMore() {
        UUID userId = create().id();
        accounts.setRoles(
                administrator,
                userId,
                List.of(role(Permission.DIRECTORY_ORGANIZATION_ADMIN).id()));
        UserBody before = get(userId);
        Caller editor = new Caller(
                organizationId,
                "demo-desk",
                null,
                "demo-desk",
                Set.of(Permission.DIRECTORY_USER_EDIT.wireName(), Permission.DIRECTORY_USER_DELETE.wireName()),
                "a token");

        assertIsBeyond(() -> accounts.change(
                editor, userId, new UserChange("Renamed", "taken@over.example", null, "inactive", before.version())));
        assertIsBeyond(() -> accounts.delete(editor, userId, lapse.clock().now()));

        assertThat(get(userId)).isEqualTo(before);
    }

    @Test
    void whoMayDoNoMoreIsReached() {
        UUID userId = create().id();
        Caller editor = new Caller(
                organizationId,
                "demo-desk",
                null,
                "demo-desk",
                Set.of(Permission.DIRECTORY_USER_EDIT.wireName(), Permission.DIRECTORY_USER_DELETE.wireName()),
                "a token");

        assertThat(accounts.change(
                                editor,
                                userId,
                                new UserChange(
                                        "Renamed", null, null, null, get(userId).version()))
                        .name())
                .isEqualTo("Renamed");
        accounts.delete(editor, userId, lapse.clock().now());
    }

    @Test
    void userWhoIsBeingDeletedJoinsNoGroup() throws SQLException {
        UUID userId = create().id();
        UUID groupId = group().id();
        try (Strands strands = lapse.strands()) {
            Strand deleting = strands.of("deleting", () -> delete(userId));
            Strand adding = strands.of("adding", () -> join(groupId, userId));
            deleting.goOnTo(Strand.Place.BEFORE_COMMIT);
            assertThat(adding.goOn()).isEqualTo(Strand.Place.BLOCKED);
            deleting.finish();
            adding.goOnTo(Strand.Place.END);

            assertThat(adding.failure()).containsInstanceOf(ApiException.class);
        }
        assertThat(memberIds(groupId)).isEmpty();
    }

    @Test
    void userWhoJoinsAGroupWhileBeingDeletedLeavesIt() throws SQLException {
        UUID userId = create().id();
        UUID groupId = group().id();
        try (Strands strands = lapse.strands()) {
            Strand adding = strands.of("adding", () -> join(groupId, userId));
            Strand deleting = strands.of("deleting", () -> delete(userId));
            adding.goOnTo(Strand.Place.BEFORE_COMMIT);
            assertThat(deleting.goOn()).isEqualTo(Strand.Place.BLOCKED);
            adding.finish();
            deleting.finish();
        }
        assertThat(memberIds(groupId)).isEmpty();
    }

    @Test
    void whoChangesAUserKeepsTheNumberOfWhatTheUserIsGiven() {
        UUID userId = create().id();
        Role role = role(Permission.DIRECTORY_ORGANIZATION_ADMIN);
        long given = lapse.inTransaction(() -> {
            User read = lapse.entities().find(User.class, userId);
            read.rename("Renamed");
            CompletableFuture.runAsync(() -> tellEntitlements(userId)).join();
            return entitlementsVersion(userId);
        });

        assertThat(lapse.inTransaction(() -> entitlementsVersion(userId))).isEqualTo(given);
        assertThat(get(userId).name()).isEqualTo("Renamed");
        assertThat(role.permissions()).isNotEmpty();
    }

    private void tellEntitlements(UUID userId) {
        lapse.inTransaction(() -> lapse.get(Users.class).tellEntitlements(List.of(userId)));
    }

    private long entitlementsVersion(UUID userId) {
        return ((Number) lapse.entities()
                        .createNativeQuery("select entitlements_version from user_account where id = :id")
                        .setParameter("id", userId)
                        .getSingleResult())
                .longValue();
    }

    private void delete(UUID userId) {
        accounts.delete(administrator, userId, lapse.clock().now());
    }

    private void join(UUID groupId, UUID userId) {
        lapse.inRequest(() -> lapse.get(GroupsResource.class)
                .addMembers(
                        groupId,
                        new GroupsResource.MembersChange(List.of(userId), null),
                        securityContextOf(administrator)));
    }

    private static SecurityContext securityContextOf(Caller caller) {
        return (SecurityContext) Proxy.newProxyInstance(
                SecurityContext.class.getClassLoader(),
                new Class<?>[] {SecurityContext.class},
                (proxy, method, arguments) -> method.getName().equals("getUserPrincipal") ? caller : null);
    }

    private Group group() {
        Group group = new Group(
                organizationId, UUID.randomUUID().toString(), lapse.clock().now());
        lapse.get(Groups.class).add(group);
        return group;
    }

    private List<?> memberIds(UUID groupId) {
        return lapse.inTransaction(() -> lapse.entities()
                .createNativeQuery("select user_id from group_member where group_id = :id")
                .setParameter("id", groupId)
                .getResultList());
    }

    private UserBody get(UUID userId) {
        return accounts.get(administrator, userId, null, Expansion.of(List.of()));
    }

    private static void assertIsBeyond(ThrowingCallable change) {
        assertThatThrownBy(change).isInstanceOfSatisfying(ApiException.class, refusal -> {
            assertThat(refusal.status()).isEqualTo(403);
            assertThat(refusal.message()).contains("directory:organization:admin");
        });
    }

    private UserBody create() {
        return create(UUID.randomUUID() + "@demo.example");
    }

    private UserBody create(String email) {
        return accounts.create(
                administrator,
                new UserCreation("Somebody", email, null, null),
                null,
                lapse.clock().now());
    }

    private Role role(Permission permission) {
        Role role = new Role(organizationId, UUID.randomUUID().toString(), Set.of(permission.wireName()));
        lapse.get(Roles.class).add(role);
        return role;
    }

    private static boolean concerns(EntitlementsChanged changed, UUID userId) {
        return changed.byUser().containsKey(userId);
    }
}
