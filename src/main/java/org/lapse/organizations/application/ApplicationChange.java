package org.lapse.organizations.application;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lapse.platform.api.ApiException;
import org.lapse.platform.api.MultiLine;
import org.lapse.platform.api.Texts;

/**
 * What a client may change of an application; a field that is left out stays as it was.
 *
 * @param name what people call it
 * @param description what it is for
 * @param state {@code active} or {@code disabled}
 * @param frameworkVersion the component's version, as the Framework keeps it
 * @param options section, key, value; a null value takes the option away
 * @param annex section, key, value; a null value takes the entry away
 */
public record ApplicationChange(
        @Nullable String name,
        @MultiLine @Nullable String description,
        @Nullable String state,
        @Nullable String frameworkVersion,
        @MultiLine @Nullable Map<String, Map<String, @Nullable String>> options,
        @MultiLine @Nullable Map<String, Map<String, @Nullable String>> annex) {
    private static final int LONGEST_VERSION = 64;

    void apply(Application application, Instant now) {
        if (name != null) {
            application.rename(Texts.name("name", name), now);
        }
        if (description != null) {
            application.describe(Texts.description("description", description), now);
        }
        if (state != null) {
            application.setState(stateOf(state), now);
        }
        if (frameworkVersion != null) {
            application.setFrameworkVersion(checkedVersion("frameworkVersion", frameworkVersion), now);
        }
        if (options != null) {
            set("options", options, (place, value) -> application.setOption(place, value, now));
        }
        if (annex != null) {
            set("annex", annex, (place, value) -> application.setAnnex(place, value, now));
        }
    }

    /** Whether it changes what users are shown of a client, or whether the client may have tokens. */
    boolean concernsClient(Application application) {
        return (name != null && !name.equals(application.name()))
                || (description != null && !description.equals(application.description()))
                || (state != null && !state.equals(application.state().wireName()));
    }

    static String checkedVersion(String field, String version) {
        if (version.length() > LONGEST_VERSION) {
            throw ApiException.invalidValue(field, "A version has at most 64 characters.");
        }
        return version;
    }

    private static ApplicationState stateOf(String state) {
        return switch (state) {
            case "active" -> ApplicationState.ACTIVE;
            case "disabled" -> ApplicationState.DISABLED;
            default -> throw ApiException.invalidValue("state", "The state is either active or disabled.");
        };
    }

    private static void set(String collection, Map<String, Map<String, @Nullable String>> sections, Setting setting) {
        sections.forEach((section, values) -> {
            if (values == null) {
                throw ApiException.invalidValue(collection + "." + section, "A section holds options.");
            }
            values.forEach((key, value) -> setting.set(ApplicationOption.of(collection, section, key, value), value));
        });
    }

    private interface Setting {
        void set(ApplicationOption place, @Nullable String value);
    }
}
