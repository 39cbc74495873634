package org.lapse.organizations.application;

import java.util.Map;

/**
 * A template on the wire.
 *
 * @param dbid the number under which the Framework knows it
 * @param name what people call it
 * @param type the Framework's name of the type of its applications
 * @param frameworkVersion the component's version
 * @param state {@code active} or {@code disabled}
 * @param builtIn whether every organization has it and nobody changes it
 * @param options section, key, value: what an application starts with
 * @param annex section, key, value: what an application's annex starts with
 */
public record ApplicationTemplateBody(
        int dbid,
        String name,
        String type,
        String frameworkVersion,
        String state,
        boolean builtIn,
        Map<String, Map<String, String>> options,
        Map<String, Map<String, String>> annex) {
    static ApplicationTemplateBody of(ApplicationTemplate template) {
        return new ApplicationTemplateBody(
                template.dbid(),
                template.name(),
                template.type().name(),
                template.version(),
                (template.enabled() ? ApplicationState.ACTIVE : ApplicationState.DISABLED).wireName(),
                template.builtIn(),
                template.options(),
                template.annex());
    }
}
