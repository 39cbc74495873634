package org.lapse.insight.notification;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the server says to a channel without being asked, under the vendor's names.
 *
 * @param channelId the channel
 * @param systemTopicType what it is about, without {@code v2.system.} in front
 * @param correlationId the name under which one speaks about it
 * @param organizationId the channel's organization
 * @param userId the channel's user; null for an application on its own
 * @param oauthClientId the channel's application
 * @param reason why, in one word
 * @param message why, in one sentence
 * @param data what else is to be said about it; null for nothing
 */
record SystemMessage(
        UUID channelId,
        String systemTopicType,
        String correlationId,
        UUID organizationId,
        @Nullable UUID userId,
        String oauthClientId,
        String reason,
        String message,
        @Nullable Data data) {
    /** The access token behind the channel is good for nothing any more, or not for now. */
    static final String TOKEN_REVOKED = "token_revoked";

    /** The server is about to close the socket. */
    static final String SOCKET_CLOSING = "socket_closing";

    /** What else there is: the session, and the code by which the socket is closed. */
    record Data(UUID sessionId, @Nullable Integer closeCode) {}

    /** The message as it is sent. */
    static String frame(
            Channel channel, String type, String reason, String message, UUID sessionId, @Nullable Integer closeCode) {
        String correlationId = UUID.randomUUID().toString();
        return Frame.of(
                "v2.system." + type,
                new SystemMessage(
                        channel.id(),
                        type,
                        correlationId,
                        channel.organizationId(),
                        channel.userId(),
                        channel.applicationId(),
                        reason,
                        message,
                        new Data(sessionId, closeCode)),
                correlationId);
    }
}
