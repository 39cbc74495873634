package org.lapse.insight.notification;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lapse.sessions.ledger.LiveSession;
import org.lapse.sessions.ledger.SessionStatus;
import org.lapse.sessions.session.SessionPrincipal;

/**
 * A connected socket of a channel: what it is subscribed to, and the live session by which it may hear of it. Both are
 * looked at whenever something is delivered, so that what is taken away holds at once.
 */
final class ChannelSocket {
    private final Channel channel;
    private final Outbox outbox;
    private LiveSession<SessionPrincipal> session;
    private Instant nextHeartbeat;

    /** What it is subscribed to, each with the number of what was delivered last. */
    private Map<Topic, Long> topics = Map.of();

    private int revision = -1;
    private Instant expiresAt;
    private boolean closing;

    /**
     * A socket that has just been connected.
     *
     * @param channel the channel as it was read when the peer connected
     */
    ChannelSocket(Channel channel, LiveSession<SessionPrincipal> session, Outbox outbox, Instant firstHeartbeat) {
        this.channel = channel;
        this.session = session;
        this.outbox = outbox;
        this.nextHeartbeat = firstHeartbeat;
        this.expiresAt = channel.expiresAt();
    }

    Channel channel() {
        return channel;
    }

    /** Whether the channel has another connection since this one was made. */
    boolean isReplaced(Notice.ChannelChanged changed) {
        return changed.number() > channel.changeNumber() && !Objects.equals(changed.connection(), channel.connection());
    }

    synchronized LiveSession<SessionPrincipal> session() {
        return session;
    }

    /** Lives by that session from now on. */
    synchronized void liveBy(LiveSession<SessionPrincipal> next) {
        session = next;
    }

    synchronized Set<Topic> topics() {
        return Set.copyOf(topics.keySet());
    }

    /** Is subscribed to that from now on; false where something later is known, or nothing matters any more. */
    synchronized boolean subscribe(Notice.Subscribed subscribed) {
        if (closing || subscribed.revision() <= revision) {
            return false;
        }
        Map<Topic, Long> next = new HashMap<>();
        subscribed.topics().forEach(topic -> next.put(topic, topics.getOrDefault(topic, 0L)));
        topics = next;
        revision = subscribed.revision();
        expiresAt = subscribed.expiresAt();
        return true;
    }

    /**
     * Sends what happened if the channel may hear of it, and nothing later about it has been sent.
     *
     * @return false where too much waits to be sent
     */
    synchronized boolean deliver(Notice.Happened happened, String frame, Instant now) {
        Long last = topics.get(happened.topic());
        if (last == null || !mayHear(happened.topic(), now) || isLate(happened, last)) {
            return true;
        }
        topics.put(happened.topic(), happened.number());
        return outbox.offer(frame);
    }

    private static boolean isLate(Notice.Happened happened, long last) {
        return happened.number() != 0 && happened.number() <= last;
    }

    private boolean mayHear(Topic topic, Instant now) {
        SessionPrincipal grant = session.principal();
        return session.status(now) == SessionStatus.ACTIVE
                && topic.missing(grant.userId(), grant.permissions()).isEmpty();
    }

    /** Answers a ping; false where too much waits to be sent. */
    boolean pong() {
        return outbox.offer(Frame.pong());
    }

    /** Sends the first heartbeat: from now on the peer hears of everything. */
    void greet() {
        outbox.offer(Frame.heartbeat());
    }

    /** Sends a heartbeat where it is time for one; false where nothing went since the one before. */
    synchronized boolean beat(Instant now, Instant next) {
        if (now.isBefore(nextHeartbeat)) {
            return true;
        }
        nextHeartbeat = next;
        return !outbox.isStalled() && outbox.offer(Frame.heartbeat());
    }

    /** Why it cannot stay, whatever it was told; null where it can. */
    synchronized @Nullable Closing mustClose(Instant now) {
        if (closing) {
            return null;
        }
        if (!now.isBefore(expiresAt)) {
            return Closing.CHANNEL_EXPIRED;
        }
        return switch (session.status(now)) {
            case ENDED, EXPIRED -> Closing.SESSION_ENDED;
            case LOCKED -> Closing.SESSION_LOCKED;
            case ACTIVE, INACTIVE -> null; // of an inactive one the timer makes an ended or a locked one
        };
    }

    /**
     * Says why, and closes once that has been sent; nothing else is sent any more.
     *
     * @param reason in one word
     * @return false where that has been done
     */
    synchronized boolean close(Closing why, String reason) {
        closing = true;
        topics = Map.of();
        String socketClosing = frame(SystemMessage.SOCKET_CLOSING, why.wireName(), why.message(), why.code());
        return outbox.finish(
                switch (why) {
                    case SESSION_ENDED, SESSION_LOCKED ->
                        List.of(frame(SystemMessage.TOKEN_REVOKED, reason, why.message(), null), socketClosing);
                    default -> List.of(socketClosing);
                },
                why);
    }

    private String frame(String type, String reason, String message, @Nullable Integer closeCode) {
        return SystemMessage.frame(channel, type, reason, message, session.id(), closeCode);
    }

    /** Closes without a word, because the peer does not listen. */
    synchronized boolean abandon(Closing why) {
        closing = true;
        topics = Map.of();
        return outbox.abandon(why);
    }

    /** The peer has gone. */
    synchronized void peerHasGone() {
        closing = true;
        topics = Map.of();
        outbox.peerHasGone();
    }

    synchronized boolean isClosing() {
        return closing;
    }
}
