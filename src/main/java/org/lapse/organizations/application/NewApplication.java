package org.lapse.organizations.application;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lapse.platform.api.MultiLine;

/**
 * An application that is to be made from a template.
 *
 * @param name what people call it; unique in the organization
 * @param template the template, by name or dbid
 * @param description what it is for
 * @param state {@code active} (the default) or {@code disabled}
 * @param frameworkVersion the component's version; the template's where it is left out
 * @param options section, key, value: what differs from the template's options; null takes one away
 * @param annex section, key, value: what differs from the template's annex; null takes one away
 */
public record NewApplication(
        @Nullable String name,
        @Nullable TemplateReference template,
        @MultiLine @Nullable String description,
        @Nullable String state,
        @Nullable String frameworkVersion,
        @MultiLine @Nullable Map<String, Map<String, @Nullable String>> options,
        @MultiLine @Nullable Map<String, Map<String, @Nullable String>> annex) {

    /** What differs from the template. */
    ApplicationChange difference() {
        return new ApplicationChange(null, description, state, frameworkVersion, options, annex);
    }

    /**
     * A template by dbid, by name, or by both.
     *
     * @param dbid its number
     * @param name its name
     */
    public record TemplateReference(
            @Nullable Integer dbid, @Nullable String name) {

        boolean means(ApplicationTemplate template) {
            return (dbid != null || name != null)
                    && (dbid == null || dbid == template.dbid())
                    && (name == null || name.equals(template.name()));
        }
    }
}
