package org.lapse.architecture.planted.reasons.session;

public record Sessions(EndReason reason) {
    boolean isForced() {
        return reason == EndReason.FORCED;
    }
}
