package org.lapse.organizations.application;

import java.util.Map;
import org.lapse.platform.api.ApiException;

/**
 * What an application's options say about the presence of the users who work with it.
 *
 * @param carriesPresence {@code [presence] carries-presence}: {@code true} (the default) where the presence of a user
 *     lasts as long as one of the user's sessions in this application
 */
public record PresenceOptions(boolean carriesPresence) {
    private static final String SECTION = "presence";
    private static final String CARRIES_PRESENCE = "carries-presence";

    /**
     * Reads the options.
     *
     * @param options section, key, value
     * @throws ApiException 400 {@code invalid.value} with the option's path
     */
    static PresenceOptions of(Map<String, Map<String, String>> options) {
        String value = options.getOrDefault(SECTION, Map.of()).getOrDefault(CARRIES_PRESENCE, "true");
        return switch (value) {
            case "true" -> new PresenceOptions(true);
            case "false" -> new PresenceOptions(false);
            default ->
                throw ApiException.invalidValue(
                        new ApplicationOption(SECTION, CARRIES_PRESENCE).path(),
                        CARRIES_PRESENCE + " is either true or false.");
        };
    }
}
