package org.lapse.organizations.settings;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.inject.Inject;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.lapse.organizations.application.Applications;
import org.lapse.rules.timeout.PermittedTimeouts;

/**
 * Says at the start of which organizations and applications a timeout is longer than {@code lapse.timeout.maximum},
 * because that was lowered since.
 */
@Singleton
@Startup
@DependsOn("Migrations")
public class TimeoutsAboveMaximum {
    private static final Logger LOG = Logger.getLogger(TimeoutsAboveMaximum.class.getName());

    @Inject
    private Settings settings;

    @Inject
    private Applications applications;

    @Inject
    private PermittedTimeouts permitted;

    @PostConstruct
    void warn() {
        String longest = Long.toString(permitted.maximum().toSeconds());
        settings.longerThanPermitted()
                .forEach(organizationId -> LOG.log(
                        Level.WARNING,
                        "The organization {0}, or a group of it, has a longer timeout than"
                                + " lapse.timeout.maximum permits; {1} seconds hold.",
                        new Object[] {organizationId, longest}));
        applications
                .longerThanPermitted()
                .forEach((applicationId, asked) -> LOG.log(
                        Level.WARNING,
                        "The option {0} of the application {1} asks for a timeout of {2} seconds;"
                                + " lapse.timeout.maximum permits {3}, which holds.",
                        new Object[] {
                            asked.option(),
                            applicationId,
                            Long.toString(asked.timeout().duration().toSeconds()),
                            longest
                        }));
    }
}
