package org.lapse.organizations.application;

import java.util.Map;
import java.util.Optional;
import org.lapse.platform.api.ApiException;

/**
 * What Workspace Desktop Edition does with the agent whose session lapses: {@code [interaction-workspace]
 * security.inactivity-set-agent-not-ready} and {@code security.inactivity-not-ready-reason}.
 *
 * @param reason the reason that is given; empty for none
 */
public record NotReady(Optional<String> reason) {
    /** The section of the options of Workspace Desktop Edition. */
    static final String SECTION = "interaction-workspace";

    static final String SET = "security.inactivity-set-agent-not-ready";
    static final String REASON = "security.inactivity-not-ready-reason";

    private static final ApplicationType TYPE = new ApplicationType("CFGInteractionWorkspace");

    /**
     * Reads the two options.
     *
     * @return empty where the agent is left as is; the default is {@code true} for Workspace Desktop Edition and {@code
     *     false} for other types of application
     * @throws ApiException 400 {@code invalid.value} with the option's path
     */
    static Optional<NotReady> of(ApplicationType type, Map<String, Map<String, String>> options) {
        Map<String, String> section = options.getOrDefault(SECTION, Map.of());
        return switch (section.getOrDefault(SET, Boolean.toString(type.equals(TYPE)))) {
            case "true" ->
                Optional.of(
                        new NotReady(Optional.ofNullable(section.get(REASON)).filter(reason -> !reason.isBlank())));
            case "false" -> Optional.empty();
            default ->
                throw ApiException.invalidValue(
                        new ApplicationOption(SECTION, SET).path(), SET + " is either true or false.");
        };
    }
}
