package org.lapse.organizations.settings;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.Collection;

/** Changes of settings that were committed while nobody told this node. */
@Singleton
@Transactional(TxType.MANDATORY)
public class MissedSettings {
    private final Settings settings;
    private final AuthenticationSettingsRows authentication;

    @Inject
    MissedSettings(Settings settings, AuthenticationSettingsRows authentication) {
        this.settings = settings;
        this.authentication = authentication;
    }

    /** The highest number of a change of settings; 0 where there is none. */
    public long highestNumber() {
        return Math.max(settings.highestNumber(), authentication.highestNumber());
    }

    /** Tells of the changes of those numbers, as those who made them did. */
    public void tellOf(Collection<Long> missed) {
        settings.tellOf(missed);
        authentication.tellOf(missed);
    }
}
