package org.lapse.sessions.session;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lapse.sessions.ledger.LiveSession;

/**
 * When a session was used last, and what that was.
 *
 * @param at when
 * @param by a call such as {@code GET api/v2/users/{}/timeout}, or {@code sign-in}, {@code re-login} or {@code other};
 *     null where nobody knows
 */
public record LastActivity(Instant at, @Nullable String by) {
    /** So much does the database take. */
    private static final int LONGEST = 250;

    /**
     * What is known of it: by a row, and by this node's ledger where that has seen the session in use later.
     *
     * @param written what stands in the row
     * @param live the session in the ledger; null where it is not there
     */
    static LastActivity of(LastActivity written, @Nullable LiveSession<SessionPrincipal> live) {
        if (live == null || live.lastActivity().isBefore(inMillis(written.at))) {
            return written;
        }
        String seen = nameOf(live).orElse(null);
        boolean same = live.lastActivity().equals(inMillis(written.at));
        return new LastActivity(live.lastActivity(), seen == null && same ? written.by : seen);
    }

    /** What a session's last activity was, as this node saw it, where it can be written down. */
    static Optional<String> nameOf(LiveSession<SessionPrincipal> live) {
        return ActivitySources.OF_THIS_SERVER
                .nameOf(live.lastUse())
                .filter(name -> name.length() <= LONGEST
                        && name.chars().allMatch(character -> character >= ' ' && character <= '~'));
    }

    /** What a use at that moment was; null where it was the end of a hold, or nobody knows. */
    static @Nullable String nameOf(LiveSession<SessionPrincipal> live, Instant moment) {
        return live.lastActivity().equals(moment) ? nameOf(live).orElse(null) : null;
    }

    /** The ledger counts whole milliseconds. */
    private static Instant inMillis(Instant moment) {
        return Instant.ofEpochMilli(moment.toEpochMilli());
    }
}
