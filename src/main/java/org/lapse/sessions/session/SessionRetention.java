package org.lapse.sessions.session;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** For how long the rows of ended sessions, and of sign-ins that are over, are kept: {@code lapse.session.kept}. */
@Singleton
public class SessionRetention {
    private final Duration kept;

    @Inject
    SessionRetention(@ConfigProperty(name = "lapse.session.kept", defaultValue = "P30D") Duration kept) {
        this.kept = kept;
    }

    /** How long after the end. */
    public Duration kept() {
        return kept;
    }
}
