package org.lapse.concurrency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.ws.rs.core.SecurityContext;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lapse.access.oauth.TokenRequests;
import org.lapse.access.oauth.TokenRequests.Given;
import org.lapse.access.relogin.ReloginResource;
import org.lapse.access.relogin.ReloginResource.ReloginRequest;
import org.lapse.access.signin.SignIn;
import org.lapse.access.signin.SignInFixture;
import org.lapse.insight.oversight.SessionsResource;
import org.lapse.middle.LapseInJavaSE;
import org.lapse.middle.OnBothDatabases;
import org.lapse.middle.Strand;
import org.lapse.middle.Strands;
import org.lapse.organizations.application.ApplicationsResource;
import org.lapse.organizations.application.NewApplication;
import org.lapse.organizations.application.NewApplication.TemplateReference;
import org.lapse.organizations.application.OAuthClientChange;
import org.lapse.organizations.application.OAuthClientsResource;
import org.lapse.organizations.directory.PasswordBody;
import org.lapse.organizations.directory.User;
import org.lapse.organizations.directory.UsersResource;
import org.lapse.platform.api.ApiException;
import org.lapse.platform.api.Caller;
import org.lapse.rules.excludedapi.ApiCall;
import org.lapse.sessions.session.Access;
import org.lapse.sessions.session.Admission;
import org.lapse.sessions.session.CurrentSession;
import org.lapse.sessions.session.EndReason;
import org.lapse.sessions.session.Session;
import org.lapse.sessions.session.SessionState;
import org.lapse.sessions.session.Sessions;

/** A changed password gets out who knew the old one, whatever they do at that moment. */
@OnBothDatabases(configuration = {World.CODE_LIFETIME, World.REFRESH_LIFETIME})
class PasswordChangeTest {
    private static final String NEW_PASSWORD = "another good one";

    private static final Duration GRACE = Duration.ofSeconds(10);

    /** Whether the user may be reached, whose password it will be, and which are good enough. */
    private static final int BEFORE_A_CHANGE = 3;

    /** The session, its user, the guess without counters, its counters, and the guess. */
    private static final int BEFORE_A_RELOGIN = 5;

    private static final ApiCall CALL =
            ApiCall.ofTarget("POST", "/api/v2/tests").orElseThrow();

    private final LapseInJavaSE lapse;
    private final World world;
    private final Admission admission;
    private final Sessions sessions;
    private final TokenRequests client;
    private final User user;
    private final SignIn here;
    private final SignIn elsewhere;
    private Strands strands;

    PasswordChangeTest(LapseInJavaSE lapse) {
        this.lapse = lapse;
        this.world = new World(lapse);
        this.admission = lapse.get(Admission.class);
        this.sessions = lapse.get(Sessions.class);
        this.client = TokenRequests.of(lapse, world.application(true));
        this.user = new User(
                world.organizationId(),
                UUID.randomUUID().toString(),
                "Somebody",
                World.PASSWORD_HASH,
                lapse.clock().now());
        this.here = lapse.inTransaction(() -> {
            lapse.entities().persist(user);
            lapse.entities().flush();
            return SignInFixture.persisted(lapse, user);
        });
        this.elsewhere = lapse.inTransaction(() -> SignInFixture.persisted(lapse, user));
        this.strands = lapse.strands();
    }

    @BeforeEach
    void beginStrands() {
        strands = lapse.strands();
    }

    @AfterEach
    void endStrands() throws SQLException {
        strands.close();
    }

    @Test
    void ownChangeEndsAllButTheSessionThatMakesIt() {
        Given own = open(client, here);
        Given inTheSameBrowser = open(client, here);
        Given thiefs = open(client, elsewhere);
        String code = client.code(elsewhere);

        changeOwn(own, null);

        assertThat(admission.access(own.accessToken())).isInstanceOf(Access.Granted.class);
        assertThat(client.refresh(refreshToken(own)).sessionId()).isEqualTo(own.sessionId());
        assertThat(List.of(inTheSameBrowser, thiefs)).allSatisfy(this::assertEnded);
        assertThatThrownBy(() -> client.redeem(code)).matches(TokenRequests::isRefusal);
        assertThat(open(client, here)).as("the browser's own sign-in goes on").isNotNull();
    }

    @Test
    void ownChangeThatKeepsOthersEndsNone() {
        Given own = open(client, here);
        Given other = open(client, elsewhere);

        changeOwn(own, false);

        assertThat(List.of(own, other)).allSatisfy(given -> assertThat(admission.access(given.accessToken()))
                .isInstanceOf(Access.Granted.class));
        assertThat(open(client, elsewhere)).isNotNull();
    }

    @Test
    void administratorsChangeEndsAll() {
        Given one = open(client, here);
        Given other = open(client, elsewhere);

        set(NEW_PASSWORD, null);

        assertThat(List.of(one, other)).allSatisfy(this::assertEnded);
        assertThatThrownBy(() -> open(client, here)).matches(TokenRequests::isRefusal);
    }

    @Test
    void changeWaitsForTheRefreshBeforeItAndEndsWhatThatGave() {
        Given given = open(client, elsewhere);
        AtomicReference<Given> next = new AtomicReference<>(given);
        Strand refreshing = strands.of("refreshing", () -> next.set(client.refresh(refreshToken(given))));
        Strand changing = strands.of("changing", () -> set(NEW_PASSWORD, null));

        refreshing.goOnTo(Strand.Place.BEFORE_COMMIT);
        goOnUntilBlocked(changing);
        refreshing.finish();
        changing.finish();

        assertThat(changing.failure()).isEmpty();
        assertThat(next).doesNotHaveValue(given);
        assertEnded(Objects.requireNonNull(next.get()));
    }

    @Test
    void refreshWaitsForTheChangeBeforeItAndGivesNothing() {
        Given given = open(client, elsewhere);
        Strand changing = strands.of("changing", () -> set(NEW_PASSWORD, null));
        Strand refreshing = strands.of("refreshing", () -> client.refresh(refreshToken(given)));

        goOnToCommit(changing, BEFORE_A_CHANGE);
        assertThat(refreshing.goOn()).isEqualTo(Strand.Place.BLOCKED);
        changing.finish();

        assertThat(refreshing.goOnTo(Strand.Place.END).failure()).get().matches(TokenRequests::isRefusal);
        assertEnded(given);
    }

    @Test
    void reloginWaitsForTheChangeBeforeItAndComesTooLate() {
        Given given = lockedSession(client);
        Strand changing = strands.of("changing", () -> set(NEW_PASSWORD, null));
        Strand coming = strands.of("coming back", () -> relogin(given, World.PASSWORD));

        goOnToCommit(changing, BEFORE_A_CHANGE);
        goOnUntilBlocked(coming);
        changing.finish();

        assertThat(coming.goOnTo(Strand.Place.END).failure()).isPresent();
        assertEnded(given);
    }

    @Test
    void changeWaitsForTheReloginBeforeItAndEndsTheSession() {
        Given given = lockedSession(client);
        Strand coming = strands.of("coming back", () -> relogin(given, World.PASSWORD));
        Strand changing = strands.of("changing", () -> set(NEW_PASSWORD, null));

        goOnToCommit(coming, BEFORE_A_RELOGIN);
        goOnUntilBlocked(changing);
        coming.finish();
        changing.finish();

        assertThat(coming.failure()).isEmpty();
        assertThat(changing.failure()).isEmpty();
        assertEnded(given);
    }

    @Test
    void reloginWithTheOldPasswordIsRefusedThoughItWasCheckedBeforeTheChange() {
        Given given = lockedSession(client);
        Strand changing = strands.of("changing", () -> set(NEW_PASSWORD, false));
        Strand coming = strands.of("coming back", () -> relogin(given, World.PASSWORD));

        goOnToCommit(changing, BEFORE_A_CHANGE);
        goOnUntilBlocked(coming);
        changing.finish();

        assertThat(coming.goOnTo(Strand.Place.END).failure()).get().isInstanceOf(ApiException.class);
        assertThat(sessions.find(given.sessionId())).get().returns(SessionState.LOCKED, Session::state);
    }

    @Test
    void reloginAfterTheChangeWantsTheNewestPassword() {
        Given given = lockedSession(client);
        set(NEW_PASSWORD, false);

        relogin(given, NEW_PASSWORD);

        assertThat(admission.access(given.accessToken())).isInstanceOf(Access.Granted.class);
    }

    @Test
    void reloginToAnApplicationOfTheFrameworkWantsTheOldOne() {
        Given given = lockedSession(TokenRequests.of(lapse, world.request(this::makeWorkspace)));
        set(NEW_PASSWORD, false);
        assertThatThrownBy(() -> relogin(given, NEW_PASSWORD)).isInstanceOf(ApiException.class);
        lapse.clock().putForward(Duration.ofSeconds(1));

        relogin(given, World.PASSWORD);

        assertThat(admission.access(given.accessToken())).isInstanceOf(Access.Granted.class);
    }

    @Test
    void ofTwoTabsThatComeBackAtTheSameMomentOneHasTheNewToken() {
        Given given = lockedSession(client);
        AtomicReference<String> token = new AtomicReference<>("");
        Strand first = strands.of(
                "first", () -> token.set(Objects.requireNonNull(resume(given).accessToken())));
        Strand second = strands.of("second", () -> resume(given));

        goOnToCommit(first, BEFORE_A_RELOGIN);
        goOnUntilBlocked(second);
        first.finish();
        second.goOnTo(Strand.Place.END);

        assertThat(first.failure()).isEmpty();
        assertThat(second.failure()).get().isInstanceOf(ApiException.class).satisfies(thrown -> assertThat(
                        ((ApiException) thrown).status())
                .isEqualTo(409));
        lapse.clock().putForward(GRACE);
        assertThat(admission.access(Objects.requireNonNull(token.get()))).isInstanceOf(Access.Granted.class);
        assertThat(admission.access(given.accessToken())).isInstanceOf(Access.Refused.class);
    }

    private ReloginResource.ReloginAnswer resume(Given given) {
        AtomicReference<ReloginResource.@Nullable ReloginAnswer> answer = new AtomicReference<>();
        inSession(
                given,
                () -> answer.set(
                        lapse.get(ReloginResource.class).resume(new ReloginRequest(World.PASSWORD, null, true))));
        return Objects.requireNonNull(answer.get());
    }

    private String makeWorkspace() {
        String id = lapse.get(ApplicationsResource.class)
                .create(
                        new NewApplication(
                                UUID.randomUUID().toString(),
                                new TemplateReference(null, "Workspace Desktop Edition"),
                                null,
                                null,
                                null,
                                null,
                                null),
                        world.administrator())
                .id();
        lapse.get(OAuthClientsResource.class)
                .change(
                        id,
                        new OAuthClientChange(
                                null,
                                null,
                                World.TOKEN_SECONDS,
                                List.of("https://desk.example/"),
                                null,
                                null,
                                null,
                                "CODE",
                                null,
                                true,
                                null,
                                null,
                                null,
                                null),
                        world.administrator());
        return id;
    }

    private Given open(TokenRequests application, SignIn signIn) {
        return application.redeem(application.code(signIn));
    }

    private Given lockedSession(TokenRequests application) {
        Given given = open(application, elsewhere);
        world.request(() -> lapse.get(SessionsResource.class)
                .lock(new SessionsResource.Chosen(List.of(given.sessionId())), world.administrator()));
        return given;
    }

    private void changeOwn(Given own, @Nullable Boolean endOthers) {
        Caller caller = new Caller(
                world.organizationId(),
                world.application(true),
                user.id(),
                user.username(),
                Set.of(),
                own.accessToken());
        SecurityContext security = World.stub(SecurityContext.class, Map.of("getUserPrincipal", caller));
        inSession(own, () -> lapse.get(UsersResource.class)
                .changePassword(new PasswordBody.Mine(World.PASSWORD, NEW_PASSWORD, endOthers), security));
    }

    private void set(String password, @Nullable Boolean endOthers) {
        world.request(() -> {
            lapse.get(UsersResource.class)
                    .setPassword(user.id(), new PasswordBody(password, endOthers), world.administrator());
            return true;
        });
    }

    private void relogin(Given given, String password) {
        inSession(given, () -> lapse.get(ReloginResource.class).resume(new ReloginRequest(password, null, null)));
    }

    private void inSession(Given given, Runnable call) {
        world.request(() -> {
            lapse.get(CurrentSession.class)
                    .identify(admission.find(given.sessionId()).orElseThrow(), CALL, false);
            call.run();
            return true;
        });
    }

    /** Lets a strand go on through so many transactions, to the commit of the one that changes something. */
    private static void goOnToCommit(Strand strand, int transactionsBefore) {
        for (int before = 0; before < transactionsBefore; before++) {
            strand.goOnTo(Strand.Place.BEFORE_COMMIT);
            strand.goOnTo(Strand.Place.AFTER_COMMIT);
        }
        strand.goOnTo(Strand.Place.BEFORE_COMMIT);
    }

    private static void goOnUntilBlocked(Strand strand) {
        Strand.Place place = strand.goOn();
        while (place != Strand.Place.BLOCKED && place != Strand.Place.END) {
            place = strand.goOn();
        }
        assertThat(place).isEqualTo(Strand.Place.BLOCKED);
    }

    private static String refreshToken(Given given) {
        return Objects.requireNonNull(given.refreshToken());
    }

    private void assertEnded(Given given) {
        assertThat(sessions.find(given.sessionId()))
                .get()
                .returns(SessionState.ENDED, Session::state)
                .returns(EndReason.PASSWORD_CHANGED, Session::endReason);
        assertThat(admission.access(given.accessToken())).isInstanceOf(Access.Refused.class);
        assertThatThrownBy(() -> client.refresh(refreshToken(given))).matches(TokenRequests::isRefusal);
    }
}
