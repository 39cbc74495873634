package org.lapse.insight.notification;

import java.util.Arrays;
import java.util.Optional;
import org.lapse.platform.api.Permission;

/** What one can hear of a user, under the vendor's names. */
enum TopicKind {
    /** The presence or the message has changed. */
    PRESENCE("presence", "The user shows another presence or message.", Optional.empty()),
    /** The routing status has changed. */
    ROUTING_STATUS("routingStatus", "The user has another routing status.", Optional.empty()),
    /** The one or the other has changed. */
    ACTIVITY("activity", "The user has another presence, message or routing status.", Optional.empty()),
    /** A token was given, or a session has ended. */
    TOKENS(
            "tokens",
            "The user was given an access token, or a session ended.",
            Optional.of(Permission.AUDITS_AUDIT_VIEW));

    private final String wireName;
    private final String description;
    private final Optional<Permission> forOthers;

    TopicKind(String wireName, String description, Optional<Permission> forOthers) {
        this.wireName = wireName;
        this.description = description;
        this.forOthers = forOthers;
    }

    static Optional<TopicKind> find(String wireName) {
        return Arrays.stream(values())
                .filter(kind -> kind.wireName.equals(wireName))
                .findFirst();
    }

    String wireName() {
        return wireName;
    }

    String description() {
        return description;
    }

    /** The permission that one needs to hear of another user: the one with which one can read the same, if any. */
    Optional<Permission> forOthers() {
        return forOthers;
    }
}
