package org.lapse.insight.notification;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lapse.platform.api.ApiException;
import org.lapse.platform.api.Caller;
import org.lapse.platform.api.Permission;

/**
 * The topics that somebody wants to hear of, and what is said to each: one may hear of users of one's own organization,
 * if one has the permission to read the same. A user of another organization is answered as one who does not exist.
 *
 * @param names what was asked for, each once
 */
record Wish(Set<String> names) {
    /**
     * What the body of a request asks for.
     *
     * @throws ApiException 400 where it is no list of topics, or too long
     */
    static Wish of(List<@Nullable SubscriptionBody> asked) {
        Set<String> names = new LinkedHashSet<>();
        for (int i = 0; i < asked.size(); i++) {
            SubscriptionBody one = asked.get(i);
            String name = one == null ? null : one.id();
            if (name == null || name.isBlank()) {
                throw ApiException.invalidValue("[" + i + "].id", "The id of a topic is missing.");
            }
            names.add(name);
        }
        if (names.size() > Channels.MOST_TOPICS) {
            throw Channels.tooManyTopics();
        }
        return new Wish(names);
    }

    /** The users whom it names, be there such users or not. */
    Set<UUID> users() {
        return names.stream()
                .flatMap(name -> Topic.find(name).stream())
                .map(Topic::userId)
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * What is said to it.
     *
     * @param existing those of its users who are there
     */
    List<SubscriptionBody> answer(UUID channelId, Caller caller, Set<UUID> existing) {
        List<SubscriptionBody> answers = new ArrayList<>();
        for (String name : names) {
            answers.add(Topic.find(name)
                    .map(topic -> answer(channelId, topic, caller, existing))
                    .orElseGet(() -> SubscriptionBody.rejected(channelId, name, "There is no such topic.")));
        }
        return answers;
    }

    private static SubscriptionBody answer(UUID channelId, Topic topic, Caller caller, Set<UUID> existing) {
        Optional<Permission> missing = topic.missing(caller.userId().orElse(null), caller.permissions());
        if (missing.isPresent()) {
            return SubscriptionBody.missing(channelId, topic, missing.get());
        }
        return existing.contains(topic.userId())
                ? SubscriptionBody.permitted(channelId, topic)
                : SubscriptionBody.rejected(channelId, topic.name(), "There is no such user.");
    }

    /** Those of its topics that are permitted. */
    Set<Topic> permitted(Caller caller, Set<UUID> existing) {
        return names.stream()
                .flatMap(name -> Topic.find(name).stream())
                .filter(topic -> existing.contains(topic.userId()))
                .filter(topic -> topic.missing(caller.userId().orElse(null), caller.permissions())
                        .isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }
}
