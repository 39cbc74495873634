package org.lapse.access.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lapse.access.relogin.ReloginServlet;
import org.lapse.middle.BrowserInJavaSE;
import org.lapse.middle.LapseInJavaSE;
import org.lapse.middle.OnBothDatabases;
import org.lapse.platform.api.FakeResponse;
import org.lapse.sessions.ledger.LiveSession;
import org.lapse.sessions.ledger.SessionStatus;
import org.lapse.sessions.session.DeadlineEnforcement;
import org.lapse.sessions.session.SessionEvent;
import org.lapse.sessions.session.SessionEvents;
import org.lapse.sessions.session.SessionPrincipal;
import org.lapse.sessions.session.SessionState;
import org.lapse.sessions.session.Sessions;

/** The page at which the user of a locked session comes back. */
@OnBothDatabases
class ReloginPageTest {
    private static final Duration LIFE = Duration.ofHours(8);
    private static final Duration TIMEOUT = Duration.ofMinutes(10);

    private final LapseInJavaSE lapse;
    private final ReloginServlet relogin;
    private final BrowserInJavaSE browser = new BrowserInJavaSE();

    ReloginPageTest(LapseInJavaSE lapse) {
        this.lapse = lapse;
        this.relogin = lapse.get(ReloginServlet.class);
    }

    @Test
    void sessionThatHasLapsedComesBackBeforeTheTimerHasCome() {
        LiveSession<SessionPrincipal> session = BrowserApplication.in(lapse, LIFE)
                .withTimeout(TIMEOUT)
                .thatLocks()
                .signIn(browser);
        assertThat(browser.open(relogin, "/relogin").body()).doesNotContain("name=\"password\"");

        lapse.clock().putForward(TIMEOUT);
        FakeResponse page = browser.open(relogin, "/relogin");

        assertThat(page.body()).contains("name=\"password\"");
        assertThat(stateOf(session)).isEqualTo(SessionState.LOCKED);
        browser.submit(relogin, "/relogin", page, Map.of("password", "demo-Passw0rd!", "answer", "ok"));
        assertThat(stateOf(session)).isEqualTo(SessionState.ACTIVE);
        assertThat(session.status(lapse.clock().now())).isEqualTo(SessionStatus.ACTIVE);
    }

    @Test
    void sessionThatEndsHasEndedBeforeTheTimerHasCome() {
        LiveSession<SessionPrincipal> session =
                BrowserApplication.in(lapse, LIFE).withTimeout(TIMEOUT).signIn(browser);

        lapse.clock().putForward(TIMEOUT);

        assertThat(browser.open(relogin, "/relogin").body()).doesNotContain("name=\"password\"");
        assertThat(stateOf(session)).isEqualTo(SessionState.ENDED);
    }

    @Test
    void timerThatComesAfterwardsChangesNothing() {
        LiveSession<SessionPrincipal> session = BrowserApplication.in(lapse, LIFE)
                .withTimeout(TIMEOUT)
                .thatLocks()
                .signIn(browser);
        lapse.clock().putForward(TIMEOUT);
        DeadlineEnforcement deadlines = lapse.get(DeadlineEnforcement.class);

        deadlines.settle(session.id(), lapse.clock().now());
        deadlines.settle(lapse.clock().now());
        deadlines.settle(session.id(), lapse.clock().now());

        assertThat(lapse.toldAfterSuccess(SessionEvents.class))
                .flatMap(SessionEvents::events)
                .filteredOn(event -> event instanceof SessionEvent.SessionLocked locked
                        && locked.session().id().equals(session.id()))
                .hasSize(1);
    }

    private SessionState stateOf(LiveSession<SessionPrincipal> session) {
        return lapse.get(Sessions.class).find(session.id()).orElseThrow().state();
    }
}
