package org.lapse.insight.notification;

import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.lapse.platform.api.ApiException;
import org.lapse.platform.api.Caller;
import org.lapse.platform.changes.ChangeNumbers;
import org.lapse.platform.changes.NumberedRows;
import org.lapse.platform.changes.NumberedTable;
import org.lapse.platform.database.RowLocks;
import org.lapse.platform.limit.Limited;
import org.lapse.platform.limit.Limits;
import org.lapse.platform.page.Unguessable;
import org.lapse.platform.retention.Retention;
import org.lapse.sessions.ledger.TokenDigest;

/** The channels of all users and applications, so many for each user in an application. */
@Singleton
@Transactional
class Channels implements NumberedRows {
    /** The most topics of one channel. */
    static final int MOST_TOPICS = 1000;

    private static final String OF_HOLDER = " from Channel c where c.applicationId = :application and ";

    private final EntityManager entities;
    private final Event<Notice> notices;
    private final Limits limits;
    private final ChangeNumbers numbers;
    private final Duration life;

    @Produces
    static Retention retention() {
        return Retention.of("notification channels", Channel.class, "e.expiresAt", Duration.ofHours(1));
    }

    @Inject
    Channels(
            EntityManager entities,
            Event<Notice> notices,
            Limits limits,
            ChangeNumbers numbers,
            @ConfigProperty(name = "lapse.notifications.channel-life", defaultValue = "PT24H") Duration life) {
        this.entities = entities;
        this.notices = notices;
        this.limits = limits;
        this.numbers = numbers;
        this.life = life;
    }

    /**
     * A channel that was just opened.
     *
     * @param channel the channel
     * @param key what lets one connect to it; it is known to nobody else, and to us no longer
     */
    record Opened(Channel channel, String key) {}

    /** Opens a channel; of too many the one that was used longest ago makes room. */
    Opened open(Caller caller, UUID sessionId, Instant now) {
        String holder = caller.userId().map(UUID::toString).orElse("");
        limits.lock(Limited.CHANNELS, caller.applicationId() + " " + holder, now);
        ofHolder("select c", Channel.class, caller, " order by c.id")
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultList();
        // asked once more, because another may have been opened while we waited for the locks
        List<Channel> known = ofHolder("select c", Channel.class, caller, " order by c.lastUsedAt, c.id")
                .getResultList();
        Map<Boolean, List<Channel>> byExpiry =
                known.stream().collect(Collectors.partitioningBy(channel -> channel.isExpired(now)));
        List<Channel> living = byExpiry.getOrDefault(false, List.of());
        byExpiry.getOrDefault(true, List.of()).stream()
                .filter(channel -> channel.isForgettable(now))
                .forEach(entities::remove);
        for (Channel channel : living.subList(0, Math.max(0, living.size() - limits.most(Limited.CHANNELS) + 1))) {
            channel.close(Closing.CHANNEL_EVICTED, now);
            changed(channel);
        }
        String key = Unguessable.next();
        Channel channel = new Channel(caller, sessionId, TokenDigest.of(key), life, now);
        entities.persist(channel);
        return new Opened(channel, key);
    }

    /** Whoever has the channel's socket must know, at whatever node. */
    private void changed(Channel channel) {
        channel.setChangeNumber(numbers.next());
        notices.fire(Notice.ChannelChanged.of(channel));
    }

    @Override
    public NumberedTable table() {
        return new NumberedTable("notification_channel", "change_number");
    }

    @Override
    public void tellOf(Collection<Long> missed) {
        List<Channel> found = entities.createQuery(
                        "select c from Channel c where c.changeNumber in :numbers", Channel.class)
                .setParameter("numbers", missed)
                .getResultList();
        found.forEach(channel -> notices.fire(Notice.ChannelChanged.of(channel)));
    }

    /** The channels of the caller in the application that calls. */
    List<Channel> of(Caller caller, Instant now) {
        return ofHolder("select c", Channel.class, caller, " order by c.expiresAt, c.id")
                .getResultStream()
                .filter(channel -> !channel.isExpired(now))
                .toList();
    }

    private <R> TypedQuery<R> ofHolder(String select, Class<R> type, Caller caller, String order) {
        TypedQuery<R> query = entities.createQuery(
                        select
                                + OF_HOLDER
                                + (caller.userId().isPresent() ? "c.userId = :user" : "c.userId is null")
                                + order,
                        type)
                .setParameter("application", caller.applicationId());
        caller.userId().ifPresent(userId -> query.setParameter("user", userId));
        return query;
    }

    /**
     * The channel of that id, which from now on lives by the session that uses it.
     *
     * @throws ApiException 404 where there is none that belongs to the caller in the application that calls
     */
    Channel use(Caller caller, UUID sessionId, UUID channelId, Instant now) {
        Channel channel = RowLocks.find(entities, Channel.class, channelId, LockModeType.PESSIMISTIC_WRITE)
                .filter(found -> !found.isExpired(now) && found.belongsTo(caller))
                .orElseThrow(ApiException::notFound);
        boolean lives = channel.sessionId().equals(sessionId);
        channel.use(sessionId, now);
        if (!lives) {
            changed(channel);
        }
        return channel;
    }

    /**
     * Subscribes a channel to further topics, beside those that it has; it then lives as long as a new one.
     *
     * @throws ApiException 400 where they become too many, 404 where there is no such channel of the caller's
     */
    Channel add(Caller caller, UUID sessionId, UUID channelId, Set<Topic> topics, Instant now) {
        Channel channel = use(caller, sessionId, channelId, now);
        Set<Topic> wanted = new HashSet<>(channel.topics());
        wanted.addAll(topics);
        return subscribe(channel, wanted, now);
    }

    /**
     * Subscribes a channel to those topics and no others; it then lives as long as a new one.
     *
     * @throws ApiException 400 where they are too many, 404 where there is no such channel of the caller's
     */
    Channel replace(Caller caller, UUID sessionId, UUID channelId, Set<Topic> topics, Instant now) {
        return subscribe(use(caller, sessionId, channelId, now), topics, now);
    }

    private Channel subscribe(Channel channel, Set<Topic> topics, Instant now) {
        if (topics.size() > MOST_TOPICS) {
            throw tooManyTopics();
        }
        channel.subscribe(topics, life, now);
        changed(channel);
        return channel;
    }

    /** The refusal of more topics than a channel may have. */
    static ApiException tooManyTopics() {
        return ApiException.invalidValue("[]", "A channel has at most " + MOST_TOPICS + " topics.");
    }

    /** The channel to which that key belongs, if it has not expired. */
    Optional<Channel> find(String key, Instant now) {
        return ofKey(key).getResultStream().findFirst().filter(channel -> !channel.isExpired(now));
    }

    private TypedQuery<Channel> ofKey(String key) {
        return entities.createQuery("select c from Channel c where c.keyDigest = :digest", Channel.class)
                .setParameter("digest", TokenDigest.of(key).bytes());
    }

    /** The same, which has another connection from now on: the one before is closed, at whatever node. */
    Optional<Channel> connect(String key, Instant now) {
        Optional<Channel> found = ofKey(key)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultStream()
                .findFirst()
                .filter(channel -> !channel.isExpired(now));
        found.ifPresent(channel -> {
            channel.connect(now);
            changed(channel);
        });
        return found;
    }
}
