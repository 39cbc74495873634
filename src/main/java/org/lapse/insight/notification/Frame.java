package org.lapse.insight.notification;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.Map;
import java.util.UUID;
import org.lapse.platform.api.StrictJson;

/**
 * What is sent on a socket, in the vendor's envelope.
 *
 * @param topicName what it is about
 * @param version the version of the envelope
 * @param eventBody what happened
 * @param metadata the name under which one speaks about it
 */
record Frame(String topicName, String version, Object eventBody, Metadata metadata) {
    /** The topic of what is said about the connection itself. */
    static final String CHANNEL = "channel.metadata";

    private static final String VERSION = "2";

    /** A name to speak about a frame. */
    record Metadata(String correlationId) {}

    /** The frame as it is sent. */
    static String of(String topicName, Object eventBody) {
        return of(topicName, eventBody, UUID.randomUUID().toString());
    }

    /** The same, with a correlation id that the body has too. */
    static String of(String topicName, Object eventBody, String correlationId) {
        try {
            return StrictJson.mapper()
                    .writeValueAsString(new Frame(topicName, VERSION, eventBody, new Metadata(correlationId)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A frame is always JSON", e);
        }
    }

    /** Says that the connection is there. */
    static String heartbeat() {
        return of(CHANNEL, Map.of("message", "WebSocket Heartbeat"));
    }

    /** Answers a ping. */
    static String pong() {
        return of(CHANNEL, Map.of("message", "pong"));
    }
}
