package org.lapse.sessions.clientstate;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.lapse.platform.retention.Retention;

/** For how long a document is kept after it was written last: {@code lapse.state.kept}. */
@Singleton
class ClientStateRetention {
    private final Duration kept;

    @Inject
    ClientStateRetention(@ConfigProperty(name = "lapse.state.kept", defaultValue = "P7D") Duration kept) {
        this.kept = kept;
    }

    Duration kept() {
        return kept;
    }

    @Produces
    Retention retention() {
        return Retention.of("states of clients", ClientState.class, "e.writtenAt", kept);
    }
}
