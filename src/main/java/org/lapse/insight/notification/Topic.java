package org.lapse.insight.notification;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.lapse.platform.api.Permission;

/**
 * What one can subscribe to: something that happens to one user, such as {@code v2.users.{id}.presence}.
 *
 * @param userId the user
 * @param kind what happens
 */
record Topic(UUID userId, TopicKind kind) {
    /** The longest topic's length. */
    static final int LONGEST = 64;

    private static final Pattern FORM = Pattern.compile(
            "v2\\.users\\.([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\\.([a-zA-Z]{1,16})");

    /** The topic of that name; empty where there is none. */
    static Optional<Topic> find(String name) {
        Matcher matcher = FORM.matcher(name);
        return matcher.matches()
                ? TopicKind.find(matcher.group(2)).map(kind -> new Topic(UUID.fromString(matcher.group(1)), kind))
                : Optional.empty();
    }

    /** The permission that somebody lacks to hear of it; nobody lacks one for what happens to themselves. */
    Optional<Permission> missing(@Nullable UUID listener, Set<String> permissions) {
        return userId.equals(listener)
                ? Optional.empty()
                : kind.forOthers().filter(permission -> !permissions.contains(permission.wireName()));
    }

    /** The vendor's name for it. */
    String name() {
        return "v2.users." + userId + "." + kind.wireName();
    }
}
