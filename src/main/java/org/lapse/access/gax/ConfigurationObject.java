package org.lapse.access.gax;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.lapse.organizations.application.ApplicationBody;
import org.lapse.organizations.application.ApplicationTemplate;
import org.lapse.organizations.application.ApplicationType;
import org.lapse.platform.api.ApiException;
import org.lapse.platform.api.MultiLine;

/**
 * A configuration object on the wire of {@code /gax/api}: lower-case keys, every value a text.
 *
 * @param dbid its number, unique among the objects of its type
 * @param name its name, unique among the objects of its type
 * @param type {@code CfgApplication} or {@code CfgAppPrototype}
 * @param subtype the application type, such as {@code CFGSCE}
 * @param state {@code 1} enabled, {@code 2} disabled, {@code 3} deleted
 * @param version the component's version
 * @param folderid the folder that it is in; read-only
 * @param appprototypedbid the template that an application was made from
 * @param options section, key, value; left out of a brief answer
 * @param userproperties the annex, of the same shape
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ConfigurationObject(
        @Nullable String dbid,
        @Nullable String name,
        @Nullable String type,
        @Nullable String subtype,
        @Nullable String state,
        @Nullable String version,
        @Nullable String folderid,
        @Nullable String appprototypedbid,
        @Nullable PropertyList options,
        @Nullable PropertyList userproperties) {
    private static final String ENABLED = "1";
    private static final String DISABLED = "2";

    static ConfigurationObject of(ApplicationBody application) {
        return new ConfigurationObject(
                Integer.toString(application.dbid()),
                application.name(),
                ObjectType.APPLICATION.wireName(),
                application.type(),
                application.mayHaveTokens() ? ENABLED : DISABLED,
                application.frameworkVersion(),
                ObjectType.APPLICATION.folder(),
                application.templateDbid() == null
                        ? null
                        : application.templateDbid().toString(),
                PropertyList.of(application.options()),
                PropertyList.of(application.annex()));
    }

    static ConfigurationObject of(ApplicationTemplate template) {
        return new ConfigurationObject(
                Integer.toString(template.dbid()),
                template.name(),
                ObjectType.TEMPLATE.wireName(),
                template.type().name(),
                template.enabled() ? ENABLED : DISABLED,
                template.version(),
                ObjectType.TEMPLATE.folder(),
                null,
                PropertyList.of(template.options()),
                PropertyList.of(template.annex()));
    }

    /** The same without options and annex. */
    ConfigurationObject brief() {
        return new ConfigurationObject(
                dbid, name, type, subtype, state, version, folderid, appprototypedbid, null, null);
    }

    /**
     * Whether it is to be enabled; null where the body does not say.
     *
     * @throws ApiException 400 where the state is another
     */
    @Nullable
    Boolean enabled() {
        if (state == null) {
            return null;
        }
        return switch (state) {
            case ENABLED -> true;
            case DISABLED -> false;
            default ->
                throw ApiException.invalidValue("state", "The state is 1 (enabled) or 2 (disabled); DELETE deletes.");
        };
    }

    /**
     * The application type that the body names.
     *
     * @throws ApiException 400 where it names none
     */
    ApplicationType applicationType() {
        return ApplicationType.of(subtype == null ? "" : subtype)
                .orElseThrow(() ->
                        ApiException.invalidValue("subtype", "The subtype is an application type, such as CFGSCE."));
    }

    /**
     * Refuses a body that wants to change what an object keeps for ever.
     *
     * @param existing the object as it stands
     * @throws ApiException 400 with the field
     */
    void refuseOtherIdentity(ConfigurationObject existing) {
        refuseOther("dbid", dbid, existing.dbid);
        refuseOther("type", type, existing.type);
        if (subtype != null) {
            refuseOther("subtype", applicationType().name(), existing.subtype);
        }
        refuseOther("appprototypedbid", appprototypedbid, existing.appprototypedbid);
    }

    private static void refuseOther(String field, @Nullable String wanted, @Nullable String existing) {
        if (wanted != null && !wanted.equals(existing)) {
            throw ApiException.invalidValue(field, "The " + field + " of an object does not change.");
        }
    }

    /** Options or annex as the Framework writes them: one flat list. */
    record PropertyList(@Nullable List<@Nullable Property> property) {
        static PropertyList of(Map<String, Map<String, String>> sections) {
            List<@Nullable Property> properties = new ArrayList<>();
            sections.forEach((section, options) ->
                    options.forEach((key, value) -> properties.add(new Property(section, key, value))));
            return new PropertyList(properties);
        }

        /**
         * Section, key, value.
         *
         * @param field where the list stands in the body
         * @throws ApiException 400 where something is missing, or stands there twice
         */
        Map<String, Map<String, String>> sections(String field) {
            Map<String, Map<String, String>> sections = new TreeMap<>();
            for (Property one : property == null ? List.<@Nullable Property>of() : property) {
                if (one == null || one.section == null || one.key == null || one.value == null) {
                    throw ApiException.invalidValue(
                            field + ".property", "A property has a section, a key and a value.");
                }
                String before = sections.computeIfAbsent(one.section, section -> new TreeMap<>())
                        .put(one.key, one.value);
                if (before != null) {
                    throw ApiException.invalidValue(
                            field + "." + one.section + "." + one.key, "The option is there twice.");
                }
            }
            return sections;
        }
    }

    /** One option. */
    record Property(
            @Nullable String section,
            @Nullable String key,
            @MultiLine @Nullable String value) {}
}
