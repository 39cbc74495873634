package org.lapse.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.URI;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * A notification channel that somebody opened.
 *
 * @param id its id
 * @param connectUri where its WebSocket is
 */
record Channel(String id, URI connectUri) {
    static final String PATH = "/api/v2/notifications/channels";

    static Channel openedBy(TokenHolder holder) {
        JsonNode opened = holder.call("POST", PATH, null).expect(200).json();
        return new Channel(
                opened.required("id").asText(),
                URI.create(opened.required("connectUri").asText()));
    }

    /** Where it is. */
    String path() {
        return PATH + "/" + id;
    }

    /** Where its subscriptions are. */
    String subscriptions() {
        return path() + "/subscriptions";
    }

    /** The body that names topics. */
    static String topics(String... names) {
        ArrayNode body = JsonNodeFactory.instance.arrayNode();
        List.of(names).forEach(name -> body.addObject().put("id", name));
        return body.toString();
    }

    /** Subscribes to these and no others; what was answered to each. */
    List<JsonNode> subscribe(TokenHolder holder, String... names) {
        return entities(holder.put(subscriptions(), topics(names)));
    }

    /** What the holder reads of its subscriptions. */
    List<JsonNode> subscriptions(TokenHolder holder) {
        return entities(holder.get(subscriptions()));
    }

    static List<JsonNode> entities(Answer answer) {
        return StreamSupport.stream(
                        answer.expect(200).json().required("entities").spliterator(), false)
                .toList();
    }

    /** Connects, and waits for the first heartbeat: from then on everything is heard. */
    Listener connect() {
        Listener listener = Listener.connectedTo(connectUri);
        listener.first("channel.metadata");
        return listener;
    }
}
