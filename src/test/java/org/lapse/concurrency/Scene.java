package org.lapse.concurrency;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.lapse.access.oauth.TokenRequests;
import org.lapse.access.relogin.ReloginResource;
import org.lapse.access.signin.ForcedLogoutResource;
import org.lapse.access.signin.SignIn;
import org.lapse.access.signin.SignInFixture;
import org.lapse.access.signin.SignIns;
import org.lapse.insight.oversight.SessionsResource;
import org.lapse.middle.LapseInJavaSE;
import org.lapse.organizations.application.ApplicationChange;
import org.lapse.organizations.application.ApplicationsResource;
import org.lapse.organizations.application.OAuthClientsResource;
import org.lapse.organizations.directory.Group;
import org.lapse.organizations.directory.GroupsResource;
import org.lapse.organizations.directory.PasswordBody;
import org.lapse.organizations.directory.PasswordCheck;
import org.lapse.organizations.directory.PasswordChecks;
import org.lapse.organizations.directory.PasswordPlace;
import org.lapse.organizations.directory.User;
import org.lapse.organizations.directory.UserChange;
import org.lapse.organizations.directory.UsersResource;
import org.lapse.platform.api.ApiException;
import org.lapse.platform.api.FakeRequest;
import org.lapse.platform.api.FakeResponse;
import org.lapse.platform.api.Refusals;
import org.lapse.rules.excludedapi.ApiCall;
import org.lapse.sessions.ledger.LiveSession;
import org.lapse.sessions.openwork.HoldRequest;
import org.lapse.sessions.openwork.SessionHoldsResource;
import org.lapse.sessions.presence.RoutingStatusResource;
import org.lapse.sessions.session.Admission;
import org.lapse.sessions.session.Agreement;
import org.lapse.sessions.session.CurrentSession;
import org.lapse.sessions.session.DeadlineEnforcement;
import org.lapse.sessions.session.EndReason;
import org.lapse.sessions.session.LedgerProjection;
import org.lapse.sessions.session.Session;
import org.lapse.sessions.session.SessionPrincipal;
import org.lapse.sessions.session.SessionState;
import org.lapse.sessions.session.Sessions;
import org.lapse.sessions.session.TokensResource;

/** One user with one session, on which use cases happen. What they leave is compared with what they may leave. */
final class Scene {
    private static final int TIMEOUT_SECONDS = 60;
    private static final Duration REFRESH_LIFETIME = Duration.ofHours(2);
    private static final int BATCH = 500;
    private static final ApiCall CALL =
            ApiCall.ofTarget("POST", "/api/v2/tests").orElseThrow();

    private final World world;
    private final LapseInJavaSE lapse;
    private final Collection<UseCase> cases;
    private final User user;
    private final String applicationId;
    private final TokenRequests client;
    private final SignIn signIn;
    private final List<String> codes;
    private final UUID sessionId;
    private final String refreshToken;
    private final @Nullable String spentRefreshToken;
    private final List<Group> groups;
    private final Queue<String> accessTokens = new ConcurrentLinkedQueue<>();
    private final Queue<TokenRequests.Given> refreshed = new ConcurrentLinkedQueue<>();
    private final Queue<UUID> opened = new ConcurrentLinkedQueue<>();

    /** A scene for these use cases. */
    Scene(World world, List<UseCase> cases) {
        this.world = world;
        this.lapse = world.lapse();
        this.cases = cases;
        world.clearTimeout();
        Instant now = lapse.clock().now();
        boolean locks = cases.contains(UseCase.LAPSE_INTO_LOCK);
        this.applicationId = cases.stream().anyMatch(UseCase::changesApplication)
                ? world.newApplication(locks)
                : world.application(locks);
        this.client = TokenRequests.of(lapse, applicationId);
        String name = UUID.randomUUID().toString();
        this.user = new User(world.organizationId(), name, "Somebody", World.PASSWORD_HASH, now);
        this.groups = cases.contains(UseCase.CHANGE_GROUPS)
                ? cases.stream()
                        .map(one -> new Group(
                                world.organizationId(), UUID.randomUUID().toString(), now))
                        .toList()
                : List.of();
        this.signIn = lapse.inTransaction(() -> {
            lapse.entities().persist(user);
            groups.forEach(lapse.entities()::persist);
            lapse.entities().flush();
            return SignInFixture.persisted(lapse, user);
        });
        this.codes = cases.stream()
                .map(one -> one.opens() ? client.code(signIn) : "")
                .toList();
        TokenRequests.Given first = client.redeem(client.code(signIn));
        this.sessionId = first.sessionId();
        accessTokens.add(first.accessToken());
        String refresh = Objects.requireNonNull(first.refreshToken());
        if (cases.contains(UseCase.REFRESH_AGAIN)) {
            TokenRequests.Given next = client.refresh(refresh);
            accessTokens.add(next.accessToken());
            this.spentRefreshToken = refresh;
            this.refreshToken = Objects.requireNonNull(next.refreshToken());
        } else {
            this.spentRefreshToken = null;
            this.refreshToken = refresh;
        }
        prepare();
    }

    private void prepare() {
        if (cases.contains(UseCase.MAKE_ROOM)) {
            openAsManyAsMayBe();
        }
        if (cases.contains(UseCase.UNLOCK)) {
            signInWithPassword();
        }
        if (cases.contains(UseCase.LAPSE) || cases.contains(UseCase.LAPSE_INTO_LOCK)) {
            world.setTimeout(TIMEOUT_SECONDS);
        }
        if (cases.contains(UseCase.RELEASE_HOLD)) {
            world.request(() -> hold(0));
        }
        if (startsLocked()) {
            world.request(() -> lock(0));
        }
    }

    /** So that the first session, which is used the least, makes room for one more. */
    private void openAsManyAsMayBe() {
        lapse.clock().putForward(Duration.ofSeconds(1));
        for (int i = 1; i < World.MOST_SESSIONS; i++) {
            TokenRequests.Given given = client.redeem(client.code(signIn));
            accessTokens.add(given.accessToken());
            opened.add(given.sessionId());
        }
    }

    /** So that the row of guesses is there: H2 does not say who waits for one that is being made. */
    private void signInWithPassword() {
        PasswordCheck check = world.request(() -> lapse.get(PasswordChecks.class)
                .check(
                        world.organizationId(),
                        user.username(),
                        PasswordPlace.stranger(),
                        World.PASSWORD,
                        Function.identity()));
        assertThat(check).isInstanceOf(PasswordCheck.Right.class);
    }

    private boolean startsLocked() {
        return cases.contains(UseCase.UNLOCK) && !cases.contains(UseCase.LAPSE_INTO_LOCK);
    }

    World world() {
        return world;
    }

    // what happens

    boolean open(int number) {
        TokenRequests.Given given = client.redeem(codes.get(number));
        accessTokens.add(given.accessToken());
        opened.add(given.sessionId());
        return true;
    }

    boolean refresh(int number) {
        return refreshWith(refreshToken);
    }

    boolean refreshAgain(int number) {
        return refreshWith(Objects.requireNonNull(spentRefreshToken));
    }

    private boolean refreshWith(String token) {
        TokenRequests.Given given = client.refresh(token);
        accessTokens.add(given.accessToken());
        refreshed.add(given);
        return true;
    }

    /** Gives the password at another browser, and redeems the code that follows. */
    boolean signIn(int number) {
        SignIn another = lapse.get(SignIns.class)
                .signIn(
                        user,
                        FakeRequest.of("POST", "/oauth/authorize").asServletRequest(),
                        new FakeResponse().asServletResponse())
                .orElse(null);
        if (another == null) {
            return false;
        }
        TokenRequests.Given given = client.redeem(client.code(another));
        accessTokens.add(given.accessToken());
        opened.add(given.sessionId());
        return true;
    }

    boolean catchUp(int number) {
        lapse.get(LedgerProjection.class).catchUp(lapse.clock().now());
        return true;
    }

    boolean deleteUser(int number) {
        lapse.get(UsersResource.class).delete(user.id(), world.administrator());
        return true;
    }

    boolean deleteApplication(int number) {
        lapse.get(ApplicationsResource.class).delete(applicationId, world.administrator());
        return true;
    }

    boolean replaceSecret(int number) {
        lapse.get(OAuthClientsResource.class).replaceSecret(applicationId, world.administrator());
        return true;
    }

    /** Begins an interaction, which holds the sessions, and so does the user who goes off the queue end it. */
    boolean changeRouting(int number) {
        lapse.get(RoutingStatusResource.class)
                .put(
                        user.id(),
                        new RoutingStatusResource.RoutingStatusChange(
                                number == 0 ? "INTERACTING" : "OFF_QUEUE", null, null),
                        world.administrator());
        return true;
    }

    boolean endOne(int number) {
        return lapse.get(SessionsResource.class)
                        .end(new SessionsResource.Chosen(List.of(sessionId)), world.administrator())
                        .changed()
                > 0;
    }

    boolean endAll(int number) {
        lapse.get(TokensResource.class).endOfUser(user.id(), world.administrator());
        return true;
    }

    boolean forceLogout(int number) {
        lapse.get(ForcedLogoutResource.class).logOut(user.id(), world.administrator());
        return true;
    }

    boolean signOut(int number) {
        lapse.get(SignIns.class).end(signIn.id()); // as the page does on which people say yes
        return true;
    }

    boolean lock(int number) {
        return lapse.get(SessionsResource.class)
                        .lock(new SessionsResource.Chosen(List.of(sessionId)), world.administrator())
                        .changed()
                > 0;
    }

    boolean unlock(int number) {
        inSession(session -> accessTokens.add(Objects.requireNonNull(lapse.get(ReloginResource.class)
                .resume(new ReloginResource.ReloginRequest(World.PASSWORD, null, true))
                .accessToken())));
        return true;
    }

    boolean lapse(int number) {
        lapse.clock().putForward(Duration.ofSeconds(TIMEOUT_SECONDS));
        lapse.get(DeadlineEnforcement.class).settle(lapse.clock().now());
        return true;
    }

    boolean expire(int number) {
        lapse.clock().putForward(REFRESH_LIFETIME);
        settle();
        return true;
    }

    boolean expireToken(int number) {
        lapse.clock().putForward(Duration.ofSeconds(World.TOKEN_SECONDS));
        lapse.get(DeadlineEnforcement.class).settle(lapse.clock().now());
        return true;
    }

    /** What the timers do. */
    private void settle() {
        DeadlineEnforcement due = lapse.get(DeadlineEnforcement.class);
        due.settle(lapse.clock().now());
        due.endForgotten(lapse.clock().now(), BATCH);
    }

    boolean changePassword(int number) {
        lapse.get(UsersResource.class)
                .setPassword(user.id(), new PasswordBody("another password " + number, null), world.administrator());
        return true;
    }

    boolean disableUser(int number) {
        lapse.get(UsersResource.class)
                .change(user.id(), new UserChange(null, null, null, "inactive", 0), world.administrator());
        return true;
    }

    boolean disableApplication(int number) {
        lapse.get(ApplicationsResource.class)
                .put(
                        applicationId,
                        new ApplicationChange(null, null, "disabled", null, null, null),
                        world.administrator());
        return true;
    }

    boolean hold(int number) {
        inSession(session -> lapse.get(SessionHoldsResource.class)
                .open(new HoldRequest("work " + number, 600), world.administrator()));
        return true;
    }

    boolean releaseHold(int number) {
        inSession(session -> lapse.get(SessionHoldsResource.class).endAll(world.administrator()));
        return true;
    }

    boolean changeTimeout(int number) {
        world.setTimeout(1800 + 60 * number);
        return true;
    }

    boolean changeGroups(int number) {
        lapse.get(GroupsResource.class)
                .addMembers(
                        groups.get(number).id(),
                        new GroupsResource.MembersChange(List.of(user.id()), null),
                        world.administrator());
        return true;
    }

    private void inSession(Consumer<LiveSession<SessionPrincipal>> call) {
        LiveSession<SessionPrincipal> live =
                lapse.get(Admission.class).find(sessionId).orElseThrow(ApiException::authenticationRequired);
        lapse.get(CurrentSession.class).identify(live, CALL, false);
        call.accept(live);
    }

    // what it leaves

    /** Whether something was refused because of what happened, as it may be, and did not fail. */
    static boolean isRefusal(Throwable thrown) {
        return TokenRequests.isRefusal(thrown) || Refusals.of(thrown).status() < 500;
    }

    /** Compares the ledger with the rows, and both with what was done; then ends the scene. */
    void check(List<Turns.Player> players) {
        for (Turns.Player player : players) {
            player.failure().filter(thrown -> !isRefusal(thrown)).ifPresent(thrown -> {
                throw new AssertionError(player + " has failed", thrown);
            });
        }
        lapse.get(LedgerProjection.class).catchUp(lapse.clock().now());
        settle();
        world.agreement().check(user.id(), accessTokens);
        checkDone(players.stream()
                .filter(Turns.Player::done)
                .map(Turns.Player::useCase)
                .toList());
    }

    private void checkDone(Collection<UseCase> done) {
        List<Session> rows = world.agreement().rows(user.id());
        Session session = rows.stream()
                .filter(row -> row.id().equals(sessionId))
                .findFirst()
                .orElseThrow();
        if (done.contains(UseCase.DISABLE_USER)
                || done.contains(UseCase.DELETE_USER)
                || done.contains(UseCase.DISABLE_APPLICATION)
                || done.contains(UseCase.DELETE_APPLICATION)) {
            assertThat(rows).as("the sessions of who was disabled or deleted").allMatch(Scene::isOver);
        }
        if (done.contains(UseCase.CHANGE_PASSWORD)) {
            assertThat(rows).as("the sessions of who has another password").allMatch(Scene::isOver);
        }
        if (done.contains(UseCase.FORCED_LOGOUT) || done.contains(UseCase.SIGN_OUT)) {
            assertThat(rows)
                    .as("the sessions of a sign-in that is over")
                    .filteredOn(row -> signIn.id().equals(row.signInId()))
                    .allMatch(Scene::isOver);
        }
        if (done.contains(UseCase.END_ALL)) {
            assertThat(rows)
                    .as("sessions that were opened before all were ended")
                    .filteredOn(row -> session.endReason() == EndReason.FORCED
                            && Agreement.version(row) < Agreement.version(session))
                    .allMatch(Scene::isOver);
        }
        if (done.contains(UseCase.END_ONE) || done.contains(UseCase.END_ALL)) {
            assertThat(session.state()).as("an ended session").isEqualTo(SessionState.ENDED);
        }
        if (done.contains(UseCase.MAKE_ROOM)) {
            assertThat(rows).as("sessions of which one makes room").anyMatch(Scene::isOver);
        }
        assertThat(rows)
                .as("sessions that may be at the same time")
                .filteredOn(row -> !isOver(row))
                .hasSizeLessThanOrEqualTo(World.MOST_SESSIONS);
        boolean comesTooLate = refreshesTwice() && cases.stream().anyMatch(UseCase::letsTimePass);
        if (cases.stream().noneMatch(UseCase::ends) && !comesTooLate) {
            // one that is opened while a timeout applies has no refresh token, and ends with its access token
            boolean mayExpire = cases.contains(UseCase.TOKEN_EXPIRES);
            assertThat(mayExpire ? List.of(session) : rows)
                    .as("sessions that nobody ends")
                    .noneMatch(Scene::isOver);
            if (cases.stream().noneMatch(UseCase::locks) && (!startsLocked() || done.contains(UseCase.UNLOCK))) {
                assertThat(session.state()).as("a session that nobody locks").isEqualTo(SessionState.ACTIVE);
            }
            if (done.contains(UseCase.LOCK) && !cases.contains(UseCase.UNLOCK)) {
                assertThat(session.state()).as("a locked session").isEqualTo(SessionState.LOCKED);
            }
        }
        assertThat(rows).extracting(Session::id).containsAll(opened);
        assertThat(refreshed).allMatch(given -> given.sessionId().equals(sessionId));
        if (!cases.contains(UseCase.REFRESH_AGAIN) && !cases.contains(UseCase.CHANGE_GROUPS)) {
            assertThat(refreshed.stream().map(TokenRequests.Given::accessToken).distinct())
                    .as("what those are given who refresh at the same time")
                    .hasSizeLessThanOrEqualTo(1);
        }
        if (done.contains(UseCase.HOLD)
                && session.state() == SessionState.ACTIVE
                && !cases.contains(UseCase.RELEASE_HOLD)
                && !cases.contains(UseCase.UNLOCK)) {
            assertThat(Optional.ofNullable(session.heldUntil())).as("a hold").isPresent();
        }
    }

    private boolean refreshesTwice() {
        return cases.contains(UseCase.REFRESH_AGAIN)
                || cases.stream().filter(UseCase.REFRESH::equals).count() > 1;
    }

    private static boolean isOver(Session row) {
        return row.state() == SessionState.ENDED;
    }

    /** Ends what is left, so that later scenes do not meet it. */
    void clear() {
        lapse.get(Sessions.class).endOfUser(user.id(), EndReason.CLOSED);
    }

    @Override
    public String toString() {
        return cases.toString();
    }
}
