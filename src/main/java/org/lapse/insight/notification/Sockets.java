package org.lapse.insight.notification;

import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.lapse.platform.clock.WallClock;
import org.lapse.sessions.ledger.LiveSession;
import org.lapse.sessions.session.Admission;
import org.lapse.sessions.session.SessionPrincipal;

/**
 * The sockets that are connected to this node, by what they must hear of: a notice that concerns none of them costs one
 * look-up in memory.
 */
@Singleton
class Sockets {
    private static final Duration FOR_FAREWELLS = Duration.ofSeconds(2);

    private final Admission admission;
    private final WallClock clock;
    private final Duration heartbeat;

    private final Set<ChannelSocket> all = ConcurrentHashMap.newKeySet();
    private final Map<UUID, ChannelSocket> byChannel = new ConcurrentHashMap<>();
    private final Map<UUID, Set<ChannelSocket>> bySession = new ConcurrentHashMap<>();
    private final Map<Topic, Set<ChannelSocket>> byTopic = new ConcurrentHashMap<>();

    @Resource(lookup = "java:comp/DefaultManagedExecutorService")
    private ManagedExecutorService executor;

    @Inject
    Sockets(
            Admission admission,
            WallClock clock,
            @ConfigProperty(name = "lapse.notifications.heartbeat", defaultValue = "PT30S") Duration heartbeat) {
        this.admission = admission;
        this.clock = clock;
        this.heartbeat = heartbeat;
    }

    void start(@Observes Startup event) {
        GaugeWithCallback.builder()
                .name("lapse_notification_sockets")
                .help("Sockets of notification channels that are connected to this node")
                .callback(gauge -> gauge.call(all.size()))
                .register();
    }

    /** Whether there is none, so that nobody need tell anything. */
    boolean isEmpty() {
        return all.isEmpty();
    }

    /** Connects a socket to a channel; the one that was connected to it before is closed. */
    ChannelSocket connect(Channel channel, LiveSession<SessionPrincipal> session, Outbox.Wire wire) {
        Instant now = clock.now();
        ChannelSocket socket = new ChannelSocket(channel, session, new Outbox(wire, this::run), now.plus(heartbeat));
        all.add(socket);
        add(bySession, session.id(), socket);
        ChannelSocket before = byChannel.put(channel.id(), socket);
        if (before != null) {
            close(before, Closing.REPLACED);
        }
        return socket;
    }

    /** What is to be sent goes by the server's threads; while it stops, and takes no more work, by the present one. */
    private void run(Runnable work) {
        try {
            executor.execute(work);
        } catch (RejectedExecutionException e) {
            work.run();
        }
    }

    /** The peer has gone, or was sent away. */
    void remove(ChannelSocket socket) {
        synchronized (socket) {
            forget(socket);
            socket.peerHasGone();
        }
        all.remove(socket);
        synchronized (all) {
            all.notifyAll();
        }
    }

    /**
     * Has the sockets concerned hear of something. Every notice comes through here, those too of what happened on
     * another node.
     */
    void deliver(@Observes(during = TransactionPhase.AFTER_SUCCESS) Notice notice) {
        if (isEmpty()) {
            return;
        }
        if (notice instanceof Notice.Happened happened) {
            deliverToListeners(happened);
        } else if (notice instanceof Notice.SessionOver over) {
            Set.copyOf(bySession.getOrDefault(over.sessionId(), Set.of()))
                    .forEach(socket -> close(socket, over.why(), over.reason()));
        } else if (notice instanceof Notice.ChannelChanged changed) {
            find(changed.channelId()).ifPresent(socket -> follow(socket, changed));
        }
    }

    private void follow(ChannelSocket socket, Notice.ChannelChanged changed) {
        @Nullable Closing over = changed.closedAs();
        if (over != null) {
            close(socket, over);
        } else if (socket.isReplaced(changed)) {
            close(socket, Closing.REPLACED);
        } else {
            admission.find(changed.sessionId()).ifPresent(session -> liveBy(changed.channelId(), session));
            subscribe(socket, changed.subscribed());
        }
    }

    private void deliverToListeners(Notice.Happened happened) {
        Set<ChannelSocket> listeners = byTopic.get(happened.topic());
        if (listeners == null) {
            return;
        }
        String frame = Frame.of(happened.topic().name(), happened.body());
        Instant now = clock.now();
        for (ChannelSocket socket : listeners) {
            if (!socket.deliver(happened, frame, now)) {
                abandon(socket);
            }
        }
    }

    private Optional<ChannelSocket> find(UUID channelId) {
        return Optional.ofNullable(byChannel.get(channelId));
    }

    /** Subscribes a socket to what its channel is subscribed to, unless it knows of something later. */
    void subscribe(ChannelSocket socket, Notice.Subscribed subscribed) {
        synchronized (socket) {
            Set<Topic> before = socket.topics();
            if (socket.subscribe(subscribed)) {
                before.stream()
                        .filter(topic -> !subscribed.topics().contains(topic))
                        .forEach(topic -> remove(byTopic, topic, socket));
                subscribed.topics().forEach(topic -> add(byTopic, topic, socket));
            }
        }
    }

    /** The socket of a channel lives by that session from now on. */
    void liveBy(UUID channelId, LiveSession<SessionPrincipal> session) {
        find(channelId).ifPresent(socket -> {
            synchronized (socket) {
                if (!socket.isClosing()) {
                    remove(bySession, socket.session().id(), socket);
                    add(bySession, session.id(), socket);
                    socket.liveBy(session);
                }
            }
        });
    }

    /** A session has another live session in its place, because it was given its next token. */
    void renew(LiveSession<SessionPrincipal> session) {
        bySession.getOrDefault(session.id(), Set.of()).forEach(socket -> socket.liveBy(session));
    }

    /** Closes a socket for a reason of the server's. */
    void close(ChannelSocket socket, Closing why) {
        close(socket, why, why.wireName());
    }

    private void close(ChannelSocket socket, Closing why, String reason) {
        synchronized (socket) {
            forget(socket);
            if (socket.close(why, reason)) {
                why.count();
            }
        }
    }

    /** Closes a socket whose peer does not listen. */
    void abandon(ChannelSocket socket) {
        synchronized (socket) {
            forget(socket);
            if (socket.abandon(Closing.TOO_SLOW)) {
                Closing.TOO_SLOW.count();
            }
        }
        all.remove(socket);
    }

    /** Asked by who holds the socket's monitor, so that nobody subscribes it anew before it is closed. */
    private void forget(ChannelSocket socket) {
        socket.topics().forEach(topic -> remove(byTopic, topic, socket));
        remove(bySession, socket.session().id(), socket);
        byChannel.remove(socket.channel().id(), socket);
    }

    /** Sends heartbeats where it is time, and closes what cannot stay. */
    void tick() {
        Instant now = clock.now();
        for (ChannelSocket socket : all) {
            @Nullable Closing why = socket.mustClose(now);
            if (why != null) {
                close(socket, why);
            } else if (!socket.beat(now, now.plus(heartbeat))) {
                abandon(socket);
            }
        }
    }

    /** Closes all sockets, because the server stops, and lets their peers hear of it. */
    void closeAll() throws InterruptedException {
        all.forEach(socket -> close(socket, Closing.SHUTDOWN));
        Instant latest = clock.now().plus(FOR_FAREWELLS);
        synchronized (all) {
            while (!all.isEmpty() && clock.now().isBefore(latest)) {
                all.wait(FOR_FAREWELLS.toMillis() / 20);
            }
        }
    }

    private static <K> void add(Map<K, Set<ChannelSocket>> index, K key, ChannelSocket socket) {
        index.compute(key, (same, known) -> {
            Set<ChannelSocket> sockets = known == null ? ConcurrentHashMap.newKeySet() : known;
            sockets.add(socket);
            return sockets;
        });
    }

    private static <K> void remove(Map<K, Set<ChannelSocket>> index, K key, ChannelSocket socket) {
        index.computeIfPresent(key, (same, sockets) -> {
            sockets.remove(socket);
            return sockets.isEmpty() ? null : sockets;
        });
    }
}
