package org.lapse.architecture.planted.timers.session;

import jakarta.ejb.Timeout;

class ThrowsNowAndThen {
    @Timeout
    void tick() {
        throw new IllegalStateException("now");
    }
}
