package org.lapse.architecture.planted.time.platform.clock;

import java.time.Instant;

class WallClock {
    Instant now() {
        return Instant.now();
    }
}
