package org.lapse.organizations.application;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What holds for the sessions of one application, as it stands in memory.
 *
 * @param organizationId the organization that the application belongs to
 * @param applicationId the application
 * @param security how long its sessions may go unused, and what then
 * @param notReadyOnInactivity how its agents are made not ready when their session lapses; empty where they are not
 * @param presence what its options say about presence
 */
public record ApplicationRules(
        UUID organizationId,
        String applicationId,
        SecurityOptions security,
        Optional<NotReady> notReadyOnInactivity,
        PresenceOptions presence) {

    /**
     * What the application's options say.
     *
     * @param longest the longest timeout that this installation permits
     * @throws org.lapse.platform.api.ApiException 400 {@code invalid.value} with the path of an option that holds what
     *     it may not
     */
    static ApplicationRules of(Application application, Duration longest) {
        ApplicationType type = application.type();
        Map<String, Map<String, String>> options = application.options();
        return new ApplicationRules(
                application.organizationId(),
                application.id(),
                SecurityOptions.of(type, options, longest),
                NotReady.of(type, options),
                PresenceOptions.of(options));
    }
}
