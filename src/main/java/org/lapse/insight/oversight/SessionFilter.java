package org.lapse.insight.oversight;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * Which live sessions are asked for: those that meet all of it.
 *
 * @param state where they stand
 * @param lapsingWithin how soon inactivity ends or locks them, unless they are used
 * @param userId whose they are
 * @param applicationId in which application
 * @param groupId of which group their user is a member
 * @param rule the wire name of the rule that decided their timeout
 * @param lastResetBy what reset their timer last, by its name
 * @param contains what stands in the name for signing in or in the application's id, in lower case; empty for anything
 */
record SessionFilter(
        Optional<LiveState> state,
        Optional<Duration> lapsingWithin,
        Optional<UUID> userId,
        Optional<String> applicationId,
        Optional<UUID> groupId,
        Optional<String> rule,
        Optional<String> lastResetBy,
        String contains) {}
