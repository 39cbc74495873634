package org.lapse.access.oauth;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.logging.Logger;
import org.lapse.platform.api.DemonstrationMode;
import org.lapse.platform.clock.WallClock;

/** Sees to it at the start that there is a signing key, and that it is not too old. */
@Singleton
@Startup
@DependsOn("Migrations")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class SigningKeyRotation {
    private static final Logger LOG = Logger.getLogger(SigningKeyRotation.class.getName());

    @Inject
    private SigningKeys keys;

    @Inject
    private WallClock clock;

    @Inject
    private StoredJwk stored;

    @Inject
    private DemonstrationMode demonstration;

    @PostConstruct
    void prepare() {
        if (!stored.encrypts() && !demonstration.isOn()) {
            LOG.warning(
                    "THE SIGNING KEYS ARE NOT ENCRYPTED: anybody who reads the database, or a backup of it, can make"
                            + " tokens for everybody. Set lapse.signing-key.passphrase (LAPSE_SIGNING_KEY_PASSPHRASE), and have"
                            + " a new key made by POST /api/v2/oauth/signingkeys/rotation.");
        }
        keys.prepare(clock.now());
    }
}
