package org.lapse.organizations.directory;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** How many wrong passwords of strangers an address has free: {@code lapse.password.address-failures}, 0 for no limit. */
@Singleton
class AddressLimit {
    private final int free;
    private final Duration window;

    @Inject
    AddressLimit(
            @ConfigProperty(name = "lapse.password.address-failures", defaultValue = "15") int free,
            @ConfigProperty(name = "lapse.password.address-window", defaultValue = "PT15M") Duration window) {
        if (free < 0) {
            throw new IllegalArgumentException("lapse.password.address-failures is 0, for no limit, or more: " + free);
        }
        if (window.isZero() || window.isNegative()) {
            throw new IllegalArgumentException("lapse.password.address-window is longer than nothing, not " + window);
        }
        this.free = free;
        this.window = window;
    }

    /** So long after the first failure of an address all of them are forgotten. */
    Duration window() {
        return window;
    }

    boolean isSet() {
        return free > 0;
    }

    /** From so many on the next one waits. */
    int free() {
        return free;
    }

    boolean isReachedBy(int failures) {
        return isSet() && failures >= free;
    }

    Duration waitAfter(int failures) {
        return isSet() ? PasswordGuess.waitAfter(failures, free) : Duration.ZERO;
    }
}
