package org.lapse.sessions.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Presence and routing status go together. */
class AvailabilityTest {
    private static final Availability AVAILABLE = new Availability(SystemPresence.AVAILABLE, RoutingStatus.OFF_QUEUE);
    private static final Availability WAITING = new Availability(SystemPresence.ON_QUEUE, RoutingStatus.IDLE);
    private static final Availability AT_WORK = new Availability(SystemPresence.ON_QUEUE, RoutingStatus.INTERACTING);

    @Test
    void whoGoesOnQueueWaitsForAnInteraction() {
        assertThat(AVAILABLE.choose(SystemPresence.ON_QUEUE)).isEqualTo(WAITING);
        assertThat(Availability.SIGNED_OUT.choose(SystemPresence.ON_QUEUE)).isEqualTo(WAITING);
    }

    @ParameterizedTest
    @EnumSource(value = SystemPresence.class, mode = Mode.EXCLUDE, names = "ON_QUEUE")
    void whoChoosesAnyOtherPresenceIsOffQueue(SystemPresence chosen) {
        Availability offQueue = new Availability(chosen, RoutingStatus.OFF_QUEUE);

        assertThat(WAITING.choose(chosen)).isEqualTo(offQueue);
        assertThat(AT_WORK.choose(chosen)).isEqualTo(offQueue);
        assertThat(AVAILABLE.choose(chosen)).isEqualTo(offQueue);
    }

    @Test
    void whoIsAtWorkAndChoosesOnQueueStaysAtWork() {
        assertThat(AT_WORK.choose(SystemPresence.ON_QUEUE)).isEqualTo(AT_WORK);
    }

    @ParameterizedTest
    @EnumSource(value = RoutingStatus.class, mode = Mode.EXCLUDE, names = "OFF_QUEUE")
    void whoHasARoutingStatusOnQueueShowsIt(RoutingStatus chosen) {
        Availability onQueue = new Availability(SystemPresence.ON_QUEUE, chosen);

        assertThat(AVAILABLE.choose(chosen)).isEqualTo(onQueue);
        assertThat(WAITING.choose(chosen)).isEqualTo(onQueue);
    }

    @Test
    void whoGoesOffQueueIsAvailableAndWhoWasOffQueueStaysAsTheyAre() {
        Availability atLunch = new Availability(SystemPresence.MEAL, RoutingStatus.OFF_QUEUE);

        assertThat(AT_WORK.choose(RoutingStatus.OFF_QUEUE)).isEqualTo(AVAILABLE);
        assertThat(atLunch.choose(RoutingStatus.OFF_QUEUE)).isEqualTo(atLunch);
    }

    @Test
    void whoLeavesTheDeskOnQueueIsAwayAndWhoWasOffQueueStaysAsTheyAre() {
        assertThat(WAITING.leaveDesk()).isEqualTo(new Availability(SystemPresence.AWAY, RoutingStatus.OFF_QUEUE));
        assertThat(AVAILABLE.leaveDesk()).isEqualTo(AVAILABLE);
    }

    @Test
    void whoIsSignedOutIsOfflineAndOffQueue() {
        assertThat(Availability.SIGNED_OUT)
                .isEqualTo(new Availability(SystemPresence.OFFLINE, RoutingStatus.OFF_QUEUE));
    }

    @Test
    void onQueueAndOffQueueAtOnceCannotBe() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Availability(SystemPresence.ON_QUEUE, RoutingStatus.OFF_QUEUE));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Availability(SystemPresence.AWAY, RoutingStatus.IDLE));
    }

    @ParameterizedTest
    @EnumSource(
            value = RoutingStatus.class,
            names = {"INTERACTING", "NOT_RESPONDING", "COMMUNICATING"})
    void whatTheRouterKnowsIsNotTheUsersToSay(RoutingStatus status) {
        assertThat(status.isUsersChoice()).isFalse();
    }
}
