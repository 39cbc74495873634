package org.lapse.organizations.application;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.inject.Inject;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Says at the start which applications ask for a longer timeout than {@code lapse.timeout.maximum}, because that was
 * lowered since.
 */
@Singleton
@Startup
@DependsOn("Migrations")
public class LoweredMaximum {
    private static final Logger LOG = Logger.getLogger(LoweredMaximum.class.getName());

    @Inject
    private Applications applications;

    @PostConstruct
    void warn() {
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
                            Long.toString(applications.longest().toSeconds())
                        }));
    }
}
