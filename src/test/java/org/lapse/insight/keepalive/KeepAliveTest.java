package org.lapse.insight.keepalive;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lapse.middle.LapseInJavaSE;
import org.lapse.middle.OnBothDatabases;
import org.lapse.organizations.directory.Organizations;
import org.lapse.organizations.settings.ChosenExclusions;
import org.lapse.rules.excludedapi.ApiCall;
import org.lapse.sessions.ledger.LiveSession;
import org.lapse.sessions.session.Access;
import org.lapse.sessions.session.ActivityRecorder;
import org.lapse.sessions.session.Admission;
import org.lapse.sessions.session.SessionPrincipal;
import org.lapse.sessions.session.UsedSessions;

/** A page polls and a person works: which of them keeps the session alive. */
@OnBothDatabases
class KeepAliveTest {
    private static final Duration TIMEOUT = Duration.ofMinutes(15);
    private static final Duration EVERY = Duration.ofSeconds(30);
    private static final ApiCall POLL = new ApiCall("GET", "/api/v2/queues/7/depth");
    private static final ApiCall CLICK = new ApiCall("POST", "/api/v2/notes");
    private static final ApiCall HEARTBEAT = new ApiCall("POST", "/api/v2/tokens/me/activity");
    private static final String NAME = "GET api/v2/queues/{}/depth";

    private final LapseInJavaSE lapse;
    private final KeepAlive keepAlive;
    private final UUID organizationId;

    KeepAliveTest(LapseInJavaSE lapse) {
        this.lapse = lapse;
        this.keepAlive = lapse.get(KeepAlive.class);
        this.organizationId = lapse.get(Organizations.class)
                .findByDomain("demo")
                .orElseThrow()
                .id();
    }

    @BeforeEach
    void setTimeout() {
        UsedSessions.setTimeout(lapse, TIMEOUT);
        ChosenExclusions.choose(lapse, organizationId, List.of());
        lapse.clock().putForward(Duration.ofDays(1)); // what another test has counted is a day ago
    }

    private UUID open() {
        return new UsedSessions(lapse).open();
    }

    private Optional<LiveSession<SessionPrincipal>> find(UUID session) {
        return lapse.get(Admission.class).find(session);
    }

    private boolean isActive(UUID session) {
        return lapse.get(Admission.class).access(session.toString()) instanceof Access.Granted;
    }

    private void call(UUID session, ApiCall call) {
        if (isActive(session)) {
            lapse.get(ActivityRecorder.class)
                    .record(
                            find(session).orElseThrow(),
                            call,
                            false,
                            lapse.clock().now());
        }
    }

    /** The page polls for so long. */
    private void poll(UUID session, Duration time) {
        for (Duration passed = Duration.ZERO; passed.compareTo(time) < 0; passed = passed.plus(EVERY)) {
            lapse.clock().putForward(EVERY);
            call(session, POLL);
        }
    }

    /** A person works for five minutes, at moments of no rhythm. */
    private void work(UUID session) {
        for (int seconds : new int[] {3, 40, 7, 61, 19, 11, 95, 5, 53, 6}) {
            lapse.clock().putForward(Duration.ofSeconds(seconds));
            call(session, seconds % 2 == 0 ? HEARTBEAT : CLICK);
        }
    }

    private CallCounts.Sum counted(String call) {
        keepAlive.count();
        keepAlive.write();
        return lapse
                .get(CallCounts.class)
                .since(organizationId, lapse.clock().now().minus(Duration.ofHours(12)), Optional.empty())
                .stream()
                .filter(sum -> sum.call().equals(call))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void pollIsFoundAndThePersonIsNot() {
        UUID session = open();
        work(session);
        poll(session, TIMEOUT.multipliedBy(2));
        keepAlive.count();

        CallCounts.Sum poll = counted(NAME);
        assertThat(poll.resets()).isEqualTo(60);
        assertThat(poll.unattended()).isBetween(50L, 60L);
        assertThat(poll.kept()).isEqualTo(1);
        assertThat(poll.keptAlone()).isEqualTo(1);
        assertThat(poll.steadyMillis() / poll.steady()).isEqualTo(EVERY.toMillis());
        CallCounts.Sum click = counted("POST api/v2/notes");
        assertThat(click.resets()).isEqualTo(8);
        assertThat(click.unattended() + click.kept() + click.keptAlone() + click.steady())
                .isZero();
    }

    @Test
    void onceThePollIsExcludedTheSessionLapsesWhenItWasSaidToHaveLapsed() {
        UUID before = open();
        work(before);
        Instant left = lapse.clock().now();
        poll(before, TIMEOUT.multipliedBy(2));
        keepAlive.count();
        SessionCallsResource.SessionCalls seen = SessionCallsResource.SessionCalls.of(
                find(before).orElseThrow(),
                keepAlive.seen(find(before).orElseThrow()).orElseThrow());
        assertThat(seen.dateLapsedWithout())
                .isEqualTo(Instant.ofEpochMilli(left.plus(TIMEOUT).toEpochMilli()));
        String pattern = seen.entities().get(0).exclusion();
        assertThat(pattern).isEqualTo("GET api/v2/queues/{id}/depth");

        ChosenExclusions.choose(lapse, organizationId, List.of(String.valueOf(pattern)));
        UUID after = open();
        work(after);
        poll(after, TIMEOUT.minus(EVERY));
        assertThat(isActive(after)).isTrue();
        poll(after, EVERY);
        assertThat(isActive(after)).isFalse();
    }

    @Test
    void whatTwoTimesWroteIsAddedUp() {
        UUID session = open();
        poll(session, Duration.ofMinutes(2));
        assertThat(counted(NAME).resets()).isEqualTo(4);
        poll(session, Duration.ofMinutes(2));
        assertThat(counted(NAME).resets()).isEqualTo(8);
        assertThat(lapse.get(CallCounts.class)
                        .since(organizationId, lapse.clock().now().minus(Duration.ofHours(1)), Optional.of("another")))
                .isEmpty();
    }
}
