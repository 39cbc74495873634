package org.lapse.organizations.settings;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.lapse.rules.timeout.PermittedTimeouts;

/** The timeouts that this installation permits: {@code lapse.timeout.minimum} and {@code lapse.timeout.maximum}. */
@Singleton
class ConfiguredTimeouts {
    @Produces
    @Singleton
    static PermittedTimeouts permitted(
            @ConfigProperty(name = "lapse.timeout.minimum", defaultValue = "PT5M") Duration minimum,
            @ConfigProperty(name = "lapse.timeout.maximum", defaultValue = "PT8H") Duration maximum) {
        return new PermittedTimeouts(minimum, maximum);
    }
}
