package org.lapse.sessions.session;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.lapse.sessions.ledger.LiveSession;

/**
 * The uses that reset timers within the last moments, for who counts them. A use takes the next place of a ring and
 * makes no object. Where nobody reads in time, there is room for {@value #ROOM} uses, and later ones are left out.
 *
 * <p>Any thread may add; one at a time may read.
 */
@Singleton
public class RecentActivity {
    private static final int ROOM = 65_536;

    private final AtomicReferenceArray<LiveSession<SessionPrincipal>> sessions = new AtomicReferenceArray<>(ROOM);

    /** Of each place, the moment in milliseconds since the epoch, and below it the number of the use. */
    private final long[] uses = new long[ROOM];

    private final AtomicLong next = new AtomicLong();
    private volatile long read;

    @Inject
    RecentActivity() {}

    /** Adds a use that has reset the timer of a session. */
    void add(LiveSession<SessionPrincipal> session, Instant moment, int use) {
        long number = next.getAndIncrement();
        if (number - read < ROOM) {
            int place = place(number);
            uses[place] = moment.toEpochMilli() * LiveSession.USES + use;
            sessions.setRelease(place, session);
        }
    }

    /** Hands over what was added since the last time, roughly in the order in which it came. */
    public synchronized void read(Reader reader) {
        long end = next.get();
        long last = Math.min(end, read + ROOM);
        for (long number = read; number < last; number++) {
            int place = place(number);
            LiveSession<SessionPrincipal> session = sessions.getAcquire(place);
            if (session != null) { // else its thread was interrupted between number and place
                long use = uses[place];
                sessions.setPlain(place, null);
                reader.read(session, Instant.ofEpochMilli(use / LiveSession.USES), (int) (use % LiveSession.USES));
            }
        }
        read = end;
    }

    private static int place(long number) {
        return (int) (number & (ROOM - 1));
    }

    /** Who reads the uses. */
    public interface Reader {
        /**
         * Takes one.
         *
         * @param session whose timer was reset
         * @param moment when somebody was active
         * @param use what it was, by its number in {@link ActivitySources}
         */
        void read(LiveSession<SessionPrincipal> session, Instant moment, int use);
    }
}
