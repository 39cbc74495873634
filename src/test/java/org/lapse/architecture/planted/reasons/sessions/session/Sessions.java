package org.lapse.architecture.planted.reasons.sessions.session;

public record Sessions(EndReason reason) {
    boolean isForced() {
        return reason == EndReason.FORCED;
    }
}
