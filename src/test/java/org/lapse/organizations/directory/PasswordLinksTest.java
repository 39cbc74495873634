package org.lapse.organizations.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.lapse.middle.LapseInJavaSE;
import org.lapse.middle.OnBothDatabases;
import org.lapse.middle.Strand;
import org.lapse.middle.Strands;
import org.lapse.organizations.directory.ForgottenPasswords.Outcome;
import org.lapse.platform.api.Administered;
import org.lapse.platform.api.ApiException;
import org.lapse.platform.api.Caller;
import org.lapse.platform.api.Permission;

/** The links by which people set a forgotten password: whom they reach, for how long, and what they do. */
@OnBothDatabases
class PasswordLinksTest {
    private static final String NEW_PASSWORD = "a quiet green door";
    private static final String OLD_PASSWORD = "the red window sings";
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration TICK = Duration.ofMillis(1);

    private final LapseInJavaSE lapse;
    private final PasswordLinks links;
    private final ForgottenPasswords forgotten;
    private final UserAccounts accounts;
    private final PasswordChecks checks;
    private final UUID organizationId;
    private final Caller administrator;
    private final String username = UUID.randomUUID() + "@demo.example";
    private final UUID userId;

    PasswordLinksTest(LapseInJavaSE lapse) {
        this.lapse = lapse;
        this.links = lapse.get(PasswordLinks.class);
        this.forgotten = lapse.get(ForgottenPasswords.class);
        this.accounts = lapse.get(UserAccounts.class);
        this.checks = lapse.get(PasswordChecks.class);
        this.organizationId = lapse.get(Organizations.class)
                .findByDomain("demo")
                .orElseThrow()
                .id();
        this.administrator =
                new Caller(organizationId, "demo-service", null, "demo-service", Permission.all(), "a token");
        this.userId = accounts.create(
                        administrator,
                        new UserCreation("Somebody", username, null, null),
                        lapse.hashOf(OLD_PASSWORD),
                        lapse.clock().now())
                .id();
    }

    private String make() {
        return codeOf(links.make(administrator, userId));
    }

    private static String codeOf(PasswordLinkBody link) {
        return link.uri().getFragment();
    }

    private Outcome use(String code) {
        return forgotten
                .owner(code)
                .map(owner -> forgotten.replace(owner, code, NEW_PASSWORD))
                .orElseGet(Outcome.Gone::new);
    }

    private boolean opens(String code) {
        return forgotten.owner(code).isPresent();
    }

    private boolean isPassword(String password) {
        return checks.check(
                organizationId, username, PasswordPlace.stranger(), password, PasswordCheck.Right.class::isInstance);
    }

    private List<String> refusals() {
        return told(PasswordLinkEvent.Kind.REFUSE).stream()
                .map(event -> String.valueOf(event.reason()))
                .toList();
    }

    private List<PasswordLinkEvent> told(PasswordLinkEvent.Kind kind) {
        return lapse.toldAfterSuccess(PasswordLinkEvent.class).stream()
                .filter(event -> event.userId().equals(userId) && event.kind() == kind)
                .toList();
    }

    private Caller holding(Permission... permissions) {
        return new Caller(
                organizationId,
                "demo-desk",
                null,
                "demo-desk",
                Set.of(permissions).stream().map(Permission::wireName).collect(Collectors.toUnmodifiableSet()),
                "a token");
    }

    private void giveRole(Permission permission) {
        Role role = new Role(organizationId, UUID.randomUUID().toString(), Set.of(permission.wireName()));
        lapse.get(Roles.class).add(role);
        accounts.setRoles(administrator, userId, List.of(role.id()));
    }

    private void setState(UserState state) {
        int version = accounts.get(administrator, userId, null, Expansion.of(List.of()))
                .version();
        lapse.inTransaction(() -> {
            accounts.change(administrator, userId, new UserChange(null, null, null, state.wireName(), version));
            if (state == UserState.INACTIVE) {
                lapse.fire(new UserDisabled(userId));
            }
        });
    }

    @Test
    void linkSetsThePasswordOnce() {
        String code = make();

        assertThat(use(code)).isInstanceOf(Outcome.Replaced.class);
        assertThat(isPassword(NEW_PASSWORD)).isTrue();
        assertThat(isPassword(OLD_PASSWORD)).isFalse();
        assertThat(use(code)).isInstanceOf(Outcome.Gone.class);
        assertThat(refusals()).containsExactly("link-used");
    }

    @Test
    void addressLeadsToThePageAndHasTheCodeInItsFragment() {
        PasswordLinkBody link = links.make(administrator, userId);

        assertThat(link.uri().getPath()).isEqualTo("/password/");
        assertThat(link.uri().getQuery()).isNull();
        assertThat(codeOf(link)).hasSize(43);
        assertThat(link.toString()).doesNotContain(codeOf(link));
    }

    @Test
    void linkWorksForLessThanAnHour() {
        String code = make();
        lapse.clock().putForward(HOUR.dividedBy(2));
        assertThat(opens(code)).isTrue();

        lapse.clock().putForward(HOUR.dividedBy(2));

        assertThat(opens(code)).isFalse();
        assertThat(refusals()).containsExactly("link-expired");
    }

    @Test
    void linkIsVoidAtItsEnd() {
        User user = lapse.get(Users.class).find(organizationId, userId).orElseThrow();
        Instant end = lapse.clock().now();
        PasswordLink link = new PasswordLink(new byte[32], user, Set.of(), end);

        assertThat(link.objection(Set.of(), end.minus(TICK))).isEmpty();
        assertThat(link.objection(Set.of(), end)).contains(PasswordLink.Obstacle.EXPIRED);
        assertThat(link.objection(Set.of(), end.plus(TICK))).contains(PasswordLink.Obstacle.EXPIRED);
    }

    @Test
    void newerLinkReplacesTheOlder() {
        String older = make();
        String newer = make();

        assertThat(opens(older)).isFalse();
        assertThat(refusals()).containsExactly("link-replaced");
        assertThat(use(newer)).isInstanceOf(Outcome.Replaced.class);
    }

    @Test
    void onlyTheDigestIsStored() {
        String code = make();

        List<?> rows = lapse.inTransaction(() -> lapse.entities()
                .createNativeQuery("select cast(l.digest as varchar), l.permissions, l.end_reason"
                        + " from password_link l where l.user_id = :user")
                .setParameter("user", userId)
                .getResultList());

        assertThat(rows).singleElement().satisfies(row -> assertThat(Arrays.toString((Object[]) row))
                .doesNotContain(code));
    }

    @Test
    void guessedCodeOpensNothingAndIsNobodys() {
        make();

        assertThat(opens("A".repeat(43))).isFalse();
        assertThat(opens("")).isFalse();
        assertThat(opens("' or 1 = 1 --")).isFalse();
        assertThat(refusals()).isEmpty();
    }

    @Test
    void passwordThatIsNotGoodEnoughLeavesTheLinkAsItIs() {
        String code = make();
        User owner = forgotten.owner(code).orElseThrow();

        assertThat(forgotten.replace(owner, code, "short"))
                .isEqualTo(new Outcome.Refused(new PasswordObjection.Length(15, 256)));
        assertThat(forgotten.replace(owner, code, "passwordpassword"))
                .isEqualTo(new Outcome.Refused(new PasswordObjection.EasyToGuess()));

        assertThat(isPassword(OLD_PASSWORD)).isTrue();
        assertThat(use(code)).isInstanceOf(Outcome.Replaced.class);
    }

    @Test
    void linkDiesWhenThePasswordChangesOtherwise() {
        String code = make();
        accounts.setPassword(administrator, userId, lapse.get(Passwords.class).hash("x"), OtherSessions.KEEP);

        assertThat(opens(code)).isFalse();
        assertThat(refusals()).containsExactly("link-password-changed");
    }

    @Test
    void linkOfADisabledUserStaysDeadWhenTheUserIsEnabledAgain() {
        String code = make();
        setState(UserState.INACTIVE);
        assertThat(opens(code)).isFalse();

        setState(UserState.ACTIVE);

        assertThat(opens(code)).isFalse();
        assertThat(refusals()).containsExactly("link-user-disabled", "link-user-disabled");
    }

    @Test
    void linkOfADeletedUserOpensNothing() {
        String code = make();
        lapse.inTransaction(() -> {
            accounts.delete(administrator, userId, lapse.clock().now());
            lapse.fire(new UserDisabled(userId));
        });

        assertThat(opens(code)).isFalse();
    }

    @Test
    void nobodyMakesALinkForAUserWhoMayDoMore() {
        giveRole(Permission.DIRECTORY_ORGANIZATION_ADMIN);

        ApiException refusal = catchThrowableOfType(
                ApiException.class, () -> links.make(holding(Permission.DIRECTORY_USER_SET_PASSWORD), userId));

        assertThat(refusal.status()).isEqualTo(403);
        assertThat(refusal.message()).contains("directory:organization:admin");
    }

    @Test
    void linkDoesNotReachAUserWhoMayDoMoreByThen() {
        String code = codeOf(links.make(holding(Permission.DIRECTORY_USER_SET_PASSWORD), userId));
        giveRole(Permission.DIRECTORY_ORGANIZATION_ADMIN);

        assertThat(opens(code)).isFalse();
        assertThat(refusals()).containsExactly("link-permissions");
    }

    @Test
    void linkGoesOnWhereTheUserMayDoLessByThen() {
        giveRole(Permission.DIRECTORY_USER_VIEW);
        String code = make();
        accounts.setRoles(administrator, userId, List.of());

        assertThat(opens(code)).isTrue();
    }

    @Test
    void nobodyMakesALinkForThemselves() {
        Caller self = new Caller(organizationId, "demo-desk", userId, username, Permission.all(), "a token");

        assertThat(catchThrowableOfType(ApiException.class, () -> links.make(self, userId))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void nobodyMakesALinkForAUserWhoMayNotSignIn() {
        setState(UserState.INACTIVE);

        assertThat(catchThrowableOfType(ApiException.class, () -> links.make(administrator, userId))
                        .status())
                .isEqualTo(409);
    }

    @Test
    void sessionsEndAndNothingIsDemandedAnyMore() {
        lapse.inTransaction(() -> lapse.entities().find(User.class, userId).demandNewPassword());

        use(make());

        assertThat(lapse.toldAfterSuccess(PasswordChanged.class))
                .filteredOn(changed -> changed.userId().equals(userId))
                .singleElement()
                .returns(OtherSessions.END, PasswordChanged::otherSessions)
                .returns(null, PasswordChanged::signInId);
        assertThat(lapse.get(Users.class).find(organizationId, userId)).get().returns(false, User::mustChangePassword);
    }

    @Test
    void wrongPasswordsAreForgiven() {
        for (int guess = 0; guess < PasswordGuess.FREE_FAILURES; guess++) {
            isPassword("wrong");
        }
        assertThat(isPassword(OLD_PASSWORD)).as("must wait").isFalse();

        use(make());

        assertThat(isPassword(NEW_PASSWORD)).isTrue();
    }

    @Test
    void ofTwoWhoComeAtTheSameMomentOneSetsThePassword() throws SQLException {
        String code = make();
        String hash = lapse.hashOf(NEW_PASSWORD);
        AtomicReference<Boolean> firstDid = new AtomicReference<>(false);
        AtomicReference<Boolean> secondDid = new AtomicReference<>(true);
        try (Strands strands = lapse.strands()) {
            Strand first =
                    strands.of("first", () -> firstDid.set(links.use(code, hash).isPresent()));
            Strand second = strands.of(
                    "second", () -> secondDid.set(links.use(code, hash).isPresent()));
            first.goOnTo(Strand.Place.BEFORE_COMMIT);
            assertThat(second.goOn()).isEqualTo(Strand.Place.BLOCKED);
            first.finish();
            second.goOnTo(Strand.Place.END);

            assertThat(first.failure()).isEmpty();
            assertThat(second.failure()).isEmpty();
        }
        assertThat(firstDid).hasValue(true);
        assertThat(secondDid).hasValue(false);
    }

    @Test
    void makingAndUsingAreAuditedWithoutTheCode() {
        String code = make();
        use(code);

        assertThat(lapse.toldAfterSuccess(Administered.class))
                .filteredOn(change -> change.entityId().equals(userId.toString()))
                .extracting(Administered::action)
                .contains("user.password.link.create", "user.password.update");
        assertThat(told(PasswordLinkEvent.Kind.USE)).hasSize(1);
        List<?> values = lapse.inTransaction(() -> lapse.entities()
                .createNativeQuery("select coalesce(after_value, '') from audit_record where entity_id = :id")
                .setParameter("id", userId.toString())
                .getResultList());
        assertThat(values.toString()).contains("dateExpires").doesNotContain(code);
    }

    @Test
    void whoComesAgainAndAgainDoesNotFillTheAudit() {
        String code = make();
        use(code);
        for (int again = 0; again < 2 * PasswordLink.MOST_TOLD_REFUSALS; again++) {
            use(code);
        }

        assertThat(refusals()).hasSize(PasswordLink.MOST_TOLD_REFUSALS);
    }

    @Test
    void reasonsAreThereInBothLanguages() {
        List<PasswordObjection> all = List.of(
                new PasswordObjection.Length(15, 256),
                new PasswordObjection.EasyToGuess(),
                new PasswordObjection.Requirement(List.of(PasswordObjection.Kind.values()).stream()
                        .map(kind -> new PasswordObjection.Missing(2, kind))
                        .toList()));

        assertThat(all)
                .extracting(objection -> objection.message(Locale.ENGLISH))
                .allSatisfy(text -> assertThat(text).matches("[^{}]*(characters|easy to guess)[^{}]*"));
        assertThat(all)
                .extracting(objection -> objection.message(Locale.GERMANY))
                .allSatisfy(text -> assertThat(text).matches("[^{}]*(Zeichen|leicht zu erraten)[^{}]*"));
    }
}
