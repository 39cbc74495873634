package org.lapse.architecture.planted.timers.sessions.session;

import jakarta.ejb.Timeout;

class ThrowsNowAndThen {
    @Timeout
    void tick() {
        throw new IllegalStateException("now");
    }
}
