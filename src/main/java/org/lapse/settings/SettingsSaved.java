package org.lapse.settings;

import java.util.UUID;
import org.lapse.timeout.TimeoutPolicy;

/** An organization's settings were changed; {@code policy} is the one that holds from now on. */
record SettingsSaved(UUID organizationId, TimeoutPolicy policy) {}
