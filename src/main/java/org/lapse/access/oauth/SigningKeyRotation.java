package org.lapse.access.oauth;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import org.lapse.platform.clock.WallClock;

/** Sees to it at the start that there is a signing key, and that it is not too old. */
@Singleton
@Startup
@DependsOn("Migrations")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class SigningKeyRotation {
    @Inject
    private SigningKeys keys;

    @Inject
    private WallClock clock;

    @PostConstruct
    void prepare() {
        keys.prepare(clock.now());
    }
}
