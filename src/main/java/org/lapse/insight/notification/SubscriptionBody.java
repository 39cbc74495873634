package org.lapse.insight.notification;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lapse.platform.api.Permission;

/**
 * A subscription on the wire. Clients that send the whole object back are understood: all but the id is ignored.
 *
 * @param id the topic, such as {@code v2.users.{id}.presence}
 * @param state {@code Permitted} or {@code Rejected}
 * @param rejectionReason why it is rejected, in one sentence
 * @param missingPermissions what the caller would need
 * @param selfUri where it is
 */
public record SubscriptionBody(
        @Nullable String id,
        @Nullable String state,
        @Nullable String rejectionReason,
        @Nullable List<String> missingPermissions,
        @Nullable String selfUri) {

    static SubscriptionBody permitted(UUID channelId, Topic topic) {
        return new SubscriptionBody(topic.name(), "Permitted", null, null, uri(channelId));
    }

    static SubscriptionBody missing(UUID channelId, Topic topic, Permission missing) {
        return new SubscriptionBody(
                topic.name(),
                "Rejected",
                "The permission " + missing.wireName() + " is missing.",
                List.of(missing.wireName()),
                uri(channelId));
    }

    static SubscriptionBody rejected(UUID channelId, String name, String reason) {
        return new SubscriptionBody(name, "Rejected", reason, null, uri(channelId));
    }

    private static String uri(UUID channelId) {
        return ChannelsResource.PATH + "/" + channelId + "/subscriptions";
    }
}
