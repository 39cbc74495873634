package org.lapse.insight.notification;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that sockets must know of. Those about channels are fired inside the transaction that writes them and hold
 * once it has succeeded; a node that has read what another one wrote fires them too.
 */
sealed interface Notice {
    /**
     * Something happened that one can subscribe to.
     *
     * @param topic what
     * @param number of two about one user the later has the higher one; zero where their order does not matter
     * @param body what is told
     */
    record Happened(Topic topic, long number, EventBody body) implements Notice {}

    /**
     * A session gives no access any more, or not for now.
     *
     * @param sessionId the session
     * @param why whether it ended or is locked
     * @param reason why it did, in one word
     */
    record SessionOver(UUID sessionId, Closing why, String reason) implements Notice {}

    /**
     * What a channel is since a change.
     *
     * @param number of two about one channel the later has the higher one
     * @param sessionId the session that it lives by
     * @param connection which connection is the channel's; null where it never had one
     * @param closedAs why it is no more; null while it is
     * @param subscribed what it is subscribed to
     */
    record ChannelChanged(
            long number,
            UUID sessionId,
            @Nullable UUID connection,
            @Nullable Closing closedAs,
            Subscribed subscribed) implements Notice {
        static ChannelChanged of(Channel channel) {
            return new ChannelChanged(
                    channel.changeNumber(),
                    channel.sessionId(),
                    channel.connection(),
                    channel.closedAs(),
                    Subscribed.of(channel));
        }

        UUID channelId() {
            return subscribed.channelId();
        }
    }

    /**
     * What a channel is subscribed to.
     *
     * @param channelId the channel
     * @param revision of two about one channel the later has the higher one
     * @param topics all its topics
     * @param expiresAt when its life is over
     */
    record Subscribed(UUID channelId, int revision, Set<Topic> topics, Instant expiresAt) {
        static Subscribed of(Channel channel) {
            return new Subscribed(channel.id(), channel.revision(), channel.topics(), channel.expiresAt());
        }
    }
}
