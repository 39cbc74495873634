package org.lapse.organizations.settings;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.lapse.rules.timeout.PermittedTimeouts;

/**
 * Says at the start of which organizations a timeout is longer than {@code lapse.timeout.maximum}, because that was
 * lowered since.
 */
@Singleton
@Startup
@DependsOn("Migrations")
public class TimeoutsAboveMaximum {
    private static final Logger LOG = Logger.getLogger(TimeoutsAboveMaximum.class.getName());

    @Inject
    private Settings settings;

    @Inject
    private PermittedTimeouts permitted;

    @PostConstruct
    void warn() {
        Duration longest = permitted.maximum();
        settings.longerThanPermitted()
                .forEach(organizationId -> LOG.log(
                        Level.WARNING,
                        "The organization {0}, or a group of it, has a longer timeout than"
                                + " lapse.timeout.maximum permits; {1} seconds hold.",
                        new Object[] {organizationId, Long.toString(longest.toSeconds())}));
    }
}
