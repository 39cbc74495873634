package org.lapse.architecture.planted.reasons.session;

public enum EndReason {
    INACTIVITY,
    FORCED;

    public boolean isLapse() {
        return this == INACTIVITY;
    }
}
