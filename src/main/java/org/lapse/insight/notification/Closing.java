package org.lapse.insight.notification;

import io.prometheus.metrics.core.metrics.Counter;
import java.util.Locale;

/**
 * Why we close a socket, and by which code of RFC 6455 section 7.4; those above 4000 are ours and speak as HTTP does.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6455#section-7.4">RFC 6455, section 7.4</a>
 */
enum Closing {
    /** The server stops: connect again. */
    SHUTDOWN(1001, "The server stops."),
    /** What was sent is not text. */
    NOT_TEXT(1003, "Only text is understood."),
    /** What was sent means nothing here. */
    NOT_UNDERSTOOD(1008, "Only a ping is understood."),
    /** Events wait to be received for too long, or too many of them: read the state anew and connect again. */
    TOO_SLOW(1013, "Events are not received as fast as they happen."),
    /** The session has ended, or its access token has expired. */
    SESSION_ENDED(4401, "The session has ended."),
    /** The session is locked: connect again after the re-login. */
    SESSION_LOCKED(4423, "The session is locked: a re-login resumes it."),
    /** There is no such channel any more. */
    CHANNEL_UNKNOWN(4404, "There is no such channel."),
    /** Another socket was connected to the same channel. */
    REPLACED(4409, "Another socket was connected to the channel."),
    /** The user has opened too many channels in the application since this one was used last. */
    CHANNEL_EVICTED(4410, "Another channel was opened in the place of this one."),
    /** The channel's life is over. */
    CHANNEL_EXPIRED(4410, "The channel has expired.");

    private static final Counter CLOSED = Counter.builder()
            .name("lapse_notification_sockets_closed_total")
            .help("Sockets of notification channels that the server closed, by reason")
            .labelNames("reason")
            .register();

    static {
        for (Closing closing : values()) {
            CLOSED.initLabelValues(closing.wireName());
        }
    }

    private final int code;
    private final String message;

    Closing(int code, String message) {
        this.code = code;
        this.message = message;
    }

    int code() {
        return code;
    }

    /** The reason on the wire, such as {@code channel_evicted}. */
    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The reason in one sentence. */
    String message() {
        return message;
    }

    void count() {
        CLOSED.labelValues(wireName()).inc();
    }
}
