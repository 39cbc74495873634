package org.lapse.sessions.session;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import org.lapse.rules.excludedapi.ApiCall;
import org.lapse.rules.excludedapi.ExcludedApis;
import org.lapse.sessions.ledger.ActivityBacklog;
import org.lapse.sessions.ledger.LiveSession;
import org.lapse.sessions.ledger.SessionStatus;

/** The uses of access tokens: which of them reset the inactivity timer is decided, done and counted here. */
@Singleton
public class ActivityRecorder {
    private final ActivityBacklog<SessionPrincipal> backlog;
    private final ActivityDurability durability;
    private final RecentActivity recent;

    @Inject
    ActivityRecorder(ActivityBacklog<SessionPrincipal> backlog, ActivityDurability durability, RecentActivity recent) {
        this.backlog = backlog;
        this.durability = durability;
        this.recent = recent;
    }

    /**
     * Records that a session is used for a call, unless nobody is behind the call or the organization excludes it.
     *
     * @param session one that was just found active
     * @param inBackground whether the call says that nobody is behind it
     * @return false, and nothing is recorded, if the session has lapsed or ended meanwhile
     */
    public boolean record(LiveSession<SessionPrincipal> session, ApiCall call, boolean inBackground, Instant now) {
        if (!counts(call, inBackground, EffectivePolicy.of(session).exclusions())) {
            return true;
        }
        boolean recorded = reset(session, call, now);
        (recorded ? ActivityOutcome.RECORDED : ActivityOutcome.IGNORED).count();
        return recorded;
    }

    /**
     * Whether a call counts as activity; one that does not is counted as ignored or excluded.
     *
     * @param inBackground whether the call says that nobody is behind it
     * @param exclusions the calls that the organization excludes
     */
    public static boolean counts(ApiCall call, boolean inBackground, ExcludedApis exclusions) {
        if (inBackground) {
            ActivityOutcome.IGNORED.count();
            return false;
        }
        if (exclusions.contains(call)) {
            ActivityOutcome.EXCLUDED.count();
            return false;
        }
        return true;
    }

    /**
     * Resets the timer of a session because of a call that counts. Where that is asked for, it waits until the use
     * would survive a crash.
     *
     * @param moment when somebody was active, at which the session must not have lapsed
     * @return false, and nothing is recorded, if the session has lapsed or ended
     */
    public boolean reset(LiveSession<SessionPrincipal> session, ApiCall call, Instant moment) {
        boolean guessed = session.isInUseByGuess(moment);
        int use = ActivitySources.OF_THIS_SERVER.of(call);
        boolean recorded = backlog.recordActivity(session, moment, use);
        if (recorded) {
            recent.add(session, moment, use);
            durability.awaitWritten(session, moment, guessed);
        }
        return recorded && (!guessed || session.status(moment) != SessionStatus.ENDED);
    }
}
