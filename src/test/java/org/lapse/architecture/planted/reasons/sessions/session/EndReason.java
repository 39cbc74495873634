package org.lapse.architecture.planted.reasons.sessions.session;

public enum EndReason {
    INACTIVITY,
    FORCED;

    public boolean isLapse() {
        return this == INACTIVITY;
    }
}
