package org.lapse.insight.notification;

import jakarta.inject.Inject;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.PathParam;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.lapse.platform.clock.WallClock;
import org.lapse.sessions.ledger.LiveSession;
import org.lapse.sessions.ledger.SessionStatus;
import org.lapse.sessions.session.Admission;
import org.lapse.sessions.session.SessionPrincipal;

/**
 * The WebSocket of a channel. Who may open it, {@link HandshakeFilter} has decided; each connection has an instance.
 */
@ServerEndpoint(ChannelEndpoint.PATH + "{key}")
public class ChannelEndpoint {
    /** Where sockets are opened; the key of the channel follows. */
    static final String PATH = "/notifications/";

    private static final int LONGEST_MESSAGE = 1024;
    private static final Logger LOG = Logger.getLogger(ChannelEndpoint.class.getName());

    @Inject
    private Channels channels;

    @Inject
    private Admission admission;

    @Inject
    private Sockets sockets;

    @Inject
    private WallClock clock;

    private volatile @Nullable ChannelSocket socket;

    /** Connects the channel, unless it or its session has gone since the handshake. */
    @OnOpen
    public void open(Session session, @PathParam("key") String key) {
        Wire wire = new Wire(session);
        Optional<Channel> channel = channels.connect(key, clock.now());
        if (channel.isEmpty()) {
            wire.close(Closing.CHANNEL_UNKNOWN);
            return;
        }
        Optional<LiveSession<SessionPrincipal>> live =
                admission.findOrRead(channel.get().sessionId());
        if (live.isEmpty()) {
            wire.close(Closing.SESSION_ENDED);
            return;
        }
        ChannelSocket connected = sockets.connect(channel.get(), live.get(), wire);
        socket = connected;
        learnWhatChangedMeanwhile(connected, key);
    }

    /** From here on notices reach the socket; what happened before, the database knows. */
    private void learnWhatChangedMeanwhile(ChannelSocket connected, String key) {
        Optional<Channel> now = channels.find(key, clock.now());
        if (now.isEmpty()) {
            sockets.close(connected, Closing.CHANNEL_UNKNOWN);
        } else if (connected.isReplaced(Notice.ChannelChanged.of(now.get()))) {
            sockets.close(connected, Closing.REPLACED);
        } else if (connected.session().status(clock.now()) == SessionStatus.ENDED) {
            sockets.close(connected, Closing.SESSION_ENDED);
        } else {
            sockets.subscribe(connected, Notice.Subscribed.of(now.get()));
            connected.greet();
        }
    }

    /** Answers a ping; anything else means nothing here. */
    @OnMessage(maxMessageSize = LONGEST_MESSAGE)
    public void hear(String message) {
        ChannelSocket connected = socket;
        if (connected == null) {
            return;
        }
        if (!Ping.is(message)) {
            sockets.close(connected, Closing.NOT_UNDERSTOOD);
        } else if (!connected.pong()) {
            sockets.abandon(connected);
        }
    }

    /** What is no text is not even read. */
    @OnMessage(maxMessageSize = LONGEST_MESSAGE)
    public void hear(byte[] message) {
        ChannelSocket connected = socket;
        if (connected != null) {
            sockets.close(connected, Closing.NOT_TEXT);
        }
    }

    /** The peer has gone, or was sent away. */
    @OnClose
    public void close() {
        ChannelSocket connected = socket;
        if (connected != null) {
            sockets.remove(connected);
        }
    }

    /** The connection broke; the server closes it. */
    @OnError
    public void fail(Throwable failure) {
        LOG.log(Level.FINE, "The socket of a notification channel failed", failure);
    }

    /** The connection as the server has it. */
    private record Wire(Session session) implements Outbox.Wire {
        @Override
        public void send(String frame, Consumer<Boolean> went) {
            try {
                session.getAsyncRemote().sendText(frame, result -> went.accept(result.isOK()));
            } catch (IllegalStateException e) {
                LOG.log(Level.FINEST, "The peer has just gone", e);
                went.accept(false);
            }
        }

        @Override
        public void close(Closing why) {
            try {
                session.close(new CloseReason(CloseCodes.getCloseCode(why.code()), why.wireName()));
            } catch (IOException | IllegalStateException e) {
                LOG.log(Level.FINEST, "The peer has just gone", e);
            }
        }
    }
}
