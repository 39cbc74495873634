package org.lapse.organizations.application;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lapse.platform.api.Texts;

/**
 * What is changed of a template of the organization's own; what is null stays as it was.
 *
 * @param name what people call it
 * @param version the component's version
 * @param enabled whether applications may be made from it
 * @param options section, key, value: all of them
 * @param annex section, key, value: all of them
 */
public record TemplateChange(
        @Nullable String name,
        @Nullable String version,
        @Nullable Boolean enabled,
        @Nullable Map<String, Map<String, String>> options,
        @Nullable Map<String, Map<String, String>> annex) {

    void apply(OwnTemplate template) {
        if (name != null) {
            template.rename(Texts.name("name", name));
        }
        if (version != null) {
            template.setFrameworkVersion(ApplicationChange.checkedVersion("version", version));
        }
        if (enabled != null) {
            template.setEnabled(enabled);
        }
        if (options != null) {
            template.setOptions(checked("options", options));
        }
        if (annex != null) {
            template.setAnnex(checked("annex", annex));
        }
    }

    private static Map<ApplicationOption, String> checked(
            String collection, Map<String, Map<String, String>> sections) {
        Map<ApplicationOption, String> values = new HashMap<>();
        sections.forEach((section, options) -> options.forEach(
                (key, value) -> values.put(ApplicationOption.of(collection, section, key, value), value)));
        return values;
    }
}
