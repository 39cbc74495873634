package org.lapse.platform.api;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Whether this installation shows itself, with organizations whose passwords everybody knows: {@code lapse.demo}. */
@Singleton
public class DemonstrationMode {
    private final boolean on;

    @Inject
    DemonstrationMode(@ConfigProperty(name = "lapse.demo", defaultValue = "false") boolean on) {
        this.on = on;
    }

    /** Whether it does. */
    public boolean isOn() {
        return on;
    }
}
