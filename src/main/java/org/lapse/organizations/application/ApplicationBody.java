package org.lapse.organizations.application;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lapse.rules.timeout.ApplicationTimeout;

/**
 * An application on the wire.
 *
 * @param id the id; the OAuth {@code client_id}
 * @param dbid the number under which the Framework knows it
 * @param name what people call it
 * @param description what it is for
 * @param type the Framework's name of its type, such as {@code CFGSCE}
 * @param frameworkVersion the component's version, as the Framework keeps it
 * @param templateDbid the template that it was made from; left out where it was made from none
 * @param state {@code active}, {@code disabled} or {@code deleted}
 * @param authorizedGrantType the vendor's name of the way in which it gets its tokens
 * @param accessTokenValiditySeconds how long its tokens live at the most
 * @param options section, key, value
 * @param inactivityTimeout the option that decides how long its sessions may go unused; left out where none does
 * @param annex section, key, value: what somebody keeps with it
 * @param dateCreated since when it exists
 * @param dateModified when it was changed last
 * @param version counts the changes
 * @param selfUri where this application is
 */
public record ApplicationBody(
        String id,
        int dbid,
        String name,
        @Nullable String description,
        String type,
        String frameworkVersion,
        @Nullable Integer templateDbid,
        String state,
        String authorizedGrantType,
        long accessTokenValiditySeconds,
        Map<String, Map<String, String>> options,
        @Nullable DecidingOption inactivityTimeout,
        Map<String, Map<String, String>> annex,
        Instant dateCreated,
        Instant dateModified,
        int version,
        String selfUri) {
    /**
     * Of the options that set an inactivity timeout the one that decides: that of the shortest.
     *
     * @param option where it stands, such as {@code [security] inactivity-timeout}
     * @param unit what its number counts: {@code minutes}, {@code seconds}, or {@code attempts} of so many seconds
     * @param timeoutSeconds how long that is, at most the longest timeout that this installation permits
     * @param askedSeconds how long the option says, where that is longer than is permitted; left out where it is not
     */
    public record DecidingOption(
            String option,
            String unit,
            long timeoutSeconds,
            @Nullable Long askedSeconds) {
        static DecidingOption of(ApplicationTimeout asked, Duration longest) {
            long askedSeconds = asked.timeout().duration().toSeconds();
            long seconds = asked.atMost(longest).timeout().duration().toSeconds();
            return new DecidingOption(
                    asked.option(), asked.unit(), seconds, seconds == askedSeconds ? null : askedSeconds);
        }
    }

    /** Whether it may have tokens. */
    public boolean mayHaveTokens() {
        return state.equals(ApplicationState.ACTIVE.wireName());
    }

    /** @param longest the longest timeout that this installation permits */
    static ApplicationBody of(Application application, Duration longest) {
        return new ApplicationBody(
                application.id(),
                application.dbid(),
                application.name(),
                application.description(),
                application.type().name(),
                application.frameworkVersion(),
                application.templateDbid().orElse(null),
                application.state().wireName(),
                application.authorizedGrantType().wireName(),
                application.tokenValidity().toSeconds(),
                application.options(),
                TimeoutOption.stored(application.type(), application.options())
                        .map(asked -> DecidingOption.of(asked, longest))
                        .orElse(null),
                application.annex(),
                application.createdAt(),
                application.modifiedAt(),
                application.version(),
                "/api/v2/applications/" + application.id());
    }
}
