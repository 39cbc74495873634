package org.lapse.it;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** Somebody at the other end of a channel's WebSocket, and all that they heard. */
final class Listener implements WebSocket.Listener {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final List<JsonNode> heard = new CopyOnWriteArrayList<>();
    private final CompletableFuture<String> closed = new CompletableFuture<>();
    private final StringBuilder text = new StringBuilder();
    private final WebSocket socket;

    private Listener(URI connectUri, WebSocket.Builder builder) {
        socket = builder.buildAsync(connectUri, this).join();
    }

    /** Connects as a program does that is no browser. */
    static Listener connectedTo(URI connectUri) {
        return new Listener(connectUri, CLIENT.newWebSocketBuilder());
    }

    /** Connects as a page of that origin does in a browser. */
    static Listener connectedTo(URI connectUri, String origin) {
        return new Listener(connectUri, CLIENT.newWebSocketBuilder().header("Origin", origin));
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
        text.append(part);
        if (last) {
            try {
                heard.add(JSON.readTree(text.toString()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            text.setLength(0);
        }
        from.request(1);
        return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        closed.complete(code + " " + reason);
        return CompletableFuture.completedStage(null);
    }

    @Override
    public void onError(WebSocket from, Throwable failure) {
        closed.completeExceptionally(failure);
    }

    void say(String message) {
        socket.sendText(message, true).join();
    }

    void sayInBytes(String message) {
        socket.sendBinary(ByteBuffer.wrap(message.getBytes(StandardCharsets.UTF_8)), true)
                .join();
    }

    void leave() {
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
    }

    /** The first frame about a topic; waits for it. */
    JsonNode first(String topic) {
        await().atMost(PATIENCE).until(() -> !bodies(topic).isEmpty());
        return bodies(topic).get(0);
    }

    /** The bodies of all frames about a topic that were heard so far, in their order. */
    List<JsonNode> bodies(String topic) {
        return heard.stream()
                .filter(frame -> frame.required("topicName").asText().equals(topic))
                .map(frame -> frame.required("eventBody"))
                .toList();
    }

    /** The topics of all frames but heartbeats that were heard so far, in their order. */
    List<String> topics() {
        return heard.stream()
                .map(frame -> frame.required("topicName").asText())
                .filter(topic -> !topic.equals("channel.metadata"))
                .toList();
    }

    /** All frames that were heard so far. */
    List<JsonNode> heard() {
        return List.copyOf(heard);
    }

    /** Code and reason with which the server closed the socket; waits for it. */
    String closed() {
        await().atMost(PATIENCE).until(closed::isDone);
        return closed.join();
    }

    boolean isOpen() {
        return !closed.isDone();
    }
}
