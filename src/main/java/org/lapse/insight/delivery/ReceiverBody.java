package org.lapse.insight.delivery;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.lapse.organizations.application.OAuthClient;

/**
 * A receiver on the wire.
 *
 * @param id the id of the application
 * @param name the name of the application
 * @param kind {@code logout}
 * @param address where it hears of ended sessions; null where it wants to hear of none any more
 * @param state {@code ok}; {@code refusing} where it would not have what it was sent last; {@code failing} while
 *     nothing arrives; {@code paused} where that has been so for long, and it is tried once a minute
 * @param waiting how much waits for it
 * @param waitingSince when the oldest of that happened
 * @param lastSuccess when something arrived last
 * @param lastFailure when something failed last
 * @param lastError what went wrong then
 */
public record ReceiverBody(
        String id,
        String name,
        String kind,
        @Nullable String address,
        String state,
        long waiting,
        @Nullable Instant waitingSince,
        @Nullable Instant lastSuccess,
        @Nullable Instant lastFailure,
        @Nullable String lastError) {
    static ReceiverBody of(Receiver receiver, OAuthClient client, Object @Nullable [] waiting) {
        return new ReceiverBody(
                client.id(),
                client.name(),
                DeliveryKind.LOGOUT.wireName(),
                client.backchannelLogoutUri().orElse(null),
                stateOf(receiver),
                waiting == null ? 0 : ((Number) waiting[1]).longValue(),
                waiting == null ? null : (Instant) waiting[2],
                receiver.lastSuccessAt(),
                receiver.lastFailureAt(),
                receiver.lastError());
    }

    private static String stateOf(Receiver receiver) {
        if (receiver.isPaused()) {
            return "paused";
        }
        if (receiver.failingSince() != null) {
            return "failing";
        }
        return receiver.refuses() ? "refusing" : "ok";
    }
}
