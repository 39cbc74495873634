package org.lapse.application;

import java.util.Map;
import org.lapse.api.ApiException;

/**
 * What an application's options say about the presence of the users who work with it.
 *
 * @param carriesPresence {@code [presence] carries-presence}: {@code true} (the default) where the presence of a user
 *     lasts as long as one of the user's sessions in this application
 * @param setsAgentNotReady {@code [interaction-workspace] security.inactivity-set-agent-not-ready}: {@code true} where
 *     an agent whose session is locked because of inactivity goes off queue; {@code false} is the default
 * @see <a href="https://docs.genesys.com/Documentation/IW/latest/Dep/ManagingAgentInactivity">Workspace Desktop Edition,
 *     Managing Agent Inactivity</a>
 */
public record PresenceOptions(boolean carriesPresence, boolean setsAgentNotReady) {
    private static final String SECTION = "presence";
    private static final String CARRIES_PRESENCE = "carries-presence";
    private static final String WORKSPACE = "interaction-workspace";
    private static final String SET_AGENT_NOT_READY = "security.inactivity-set-agent-not-ready";

    /**
     * Reads the options.
     *
     * @param options section, key, value
     * @throws ApiException 400 {@code invalid.value} with the option's path
     */
    static PresenceOptions of(Map<String, Map<String, String>> options) {
        return new PresenceOptions(
                isTrue(options, SECTION, CARRIES_PRESENCE, true),
                isTrue(options, WORKSPACE, SET_AGENT_NOT_READY, false));
    }

    private static boolean isTrue(
            Map<String, Map<String, String>> options, String section, String key, boolean otherwise) {
        String value = options.getOrDefault(section, Map.of()).getOrDefault(key, Boolean.toString(otherwise));
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default ->
                throw ApiException.invalidValue("options." + section + "." + key, key + " is either true or false.");
        };
    }
}
