package org.lapse.application;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.lapse.api.ApiException;
import org.lapse.timeout.InactivityTimeout;

/**
 * The section {@code [security]} of an application's options: how long its sessions may go unused, and what then.
 *
 * @param inactivityTimeout {@code inactivity-timeout}: whole minutes, 0 (the default) for none
 * @param onInactivity {@code on-inactivity}: {@code revoke} (the default) or {@code lock}
 * @see <a href="https://docs.genesys.com/Documentation/System/latest/SDG/InactivityTimeout">Genesys Security Deployment
 *     Guide, Inactivity Timeout</a>
 */
public record SecurityOptions(Optional<InactivityTimeout> inactivityTimeout, OnInactivity onInactivity) {
    /** The name of the section. */
    static final String SECTION = "security";

    private static final String INACTIVITY_TIMEOUT = "inactivity-timeout";
    private static final String ON_INACTIVITY = "on-inactivity";

    /**
     * Reads the section.
     *
     * @param section the options by key
     * @param longest the longest timeout that this installation permits
     * @throws ApiException 400 {@code invalid.value} with the option's path
     */
    static SecurityOptions of(Map<String, String> section, Duration longest) {
        return new SecurityOptions(
                timeoutOf(section.getOrDefault(INACTIVITY_TIMEOUT, "0"), longest),
                OnInactivity.ofOptionValue(section.getOrDefault(ON_INACTIVITY, OnInactivity.REVOKE.optionValue()))
                        .orElseThrow(() -> ApiException.invalidValue(
                                path(ON_INACTIVITY), "on-inactivity is either revoke or lock.")));
    }

    private static Optional<InactivityTimeout> timeoutOf(String minutes, Duration longest) {
        if (!minutes.matches("\\d{1,5}") || Integer.parseInt(minutes) > longest.toMinutes()) {
            throw ApiException.invalidValue(
                    path(INACTIVITY_TIMEOUT),
                    "inactivity-timeout is a whole number of minutes from 0 (none) to " + longest.toMinutes() + ".");
        }
        int value = Integer.parseInt(minutes);
        return value == 0 ? Optional.empty() : Optional.of(InactivityTimeout.ofMinutes(value));
    }

    private static String path(String option) {
        return "options." + SECTION + "." + option;
    }
}
