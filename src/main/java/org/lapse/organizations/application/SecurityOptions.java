package org.lapse.organizations.application;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.lapse.platform.api.ApiException;
import org.lapse.rules.timeout.ApplicationTimeout;

/**
 * What an application's options say about unused sessions: how long they may go unused, and what then.
 *
 * @param inactivityTimeout the shortest that is set: {@code [security] inactivity-timeout} in whole minutes, and the
 *     names that components of its type have besides; 0 (the default) for none, and never longer than is permitted
 * @param onInactivity {@code [security] on-inactivity}: {@code revoke} (the default) or {@code lock}
 * @see <a href="https://docs.genesys.com/Documentation/System/latest/SDG/InactivityTimeout">Genesys Security Deployment
 *     Guide, Inactivity Timeout</a>
 */
public record SecurityOptions(Optional<ApplicationTimeout> inactivityTimeout, OnInactivity onInactivity) {
    /** The name of the section. */
    static final String SECTION = "security";

    static final ApplicationOption ON_INACTIVITY = new ApplicationOption(SECTION, "on-inactivity");

    /**
     * Reads the options. A timeout that was stored before a lower maximum was configured counts as that maximum.
     *
     * @param type the application's type, which decides which names count
     * @param options section, key, value
     * @param longest the longest timeout that this installation permits
     * @throws ApiException 400 {@code invalid.value} with the option's path
     */
    static SecurityOptions of(ApplicationType type, Map<String, Map<String, String>> options, Duration longest) {
        return new SecurityOptions(
                TimeoutOption.stored(type, options).map(stored -> stored.atMost(longest)),
                OnInactivity.ofOptionValue(options.getOrDefault(SECTION, Map.of())
                                .getOrDefault(ON_INACTIVITY.optionKey(), OnInactivity.REVOKE.optionValue()))
                        .orElseThrow(() -> ApiException.invalidValue(
                                ON_INACTIVITY.path(), "on-inactivity is either revoke or lock.")));
    }
}
