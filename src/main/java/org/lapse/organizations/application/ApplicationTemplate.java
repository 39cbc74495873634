package org.lapse.organizations.application;

import java.util.Map;

/**
 * A template that applications are made from: a Framework {@code CfgAppPrototype} object.
 *
 * @param dbid the number under which the Framework knows it
 * @param name unique among the templates of an organization
 * @param type the type of the applications that are made from it
 * @param version the component's version
 * @param enabled whether applications may be made from it
 * @param builtIn whether it is one that every organization has and nobody changes
 * @param options section, key, value: what an application starts with
 * @param annex section, key, value: what an application's annex starts with
 */
public record ApplicationTemplate(
        int dbid,
        String name,
        ApplicationType type,
        String version,
        boolean enabled,
        boolean builtIn,
        Map<String, Map<String, String>> options,
        Map<String, Map<String, String>> annex) {

    static ApplicationTemplate builtIn(
            int dbid, String name, ApplicationType type, Map<String, Map<String, String>> options) {
        return new ApplicationTemplate(dbid, name, type, "", true, true, options, Map.of());
    }
}
