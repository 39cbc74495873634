package org.lapse.insight.notification;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import org.lapse.platform.api.StrictJson;

/** The one message that a client may send: {@code {"message": "ping"}}. */
final class Ping {
    private Ping() {}

    /** Whether that is one. */
    static boolean is(String message) {
        try {
            JsonNode sent = StrictJson.mapper().readTree(message);
            return sent.isObject() && sent.path("message").asText().equals("ping");
        } catch (JsonProcessingException e) {
            return false;
        }
    }
}
