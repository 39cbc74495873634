package org.lapse.access.gax;

import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.lapse.access.gax.ConfigurationObject.PropertyList;
import org.lapse.organizations.application.ApplicationBody;
import org.lapse.organizations.application.ApplicationChange;
import org.lapse.organizations.application.ApplicationDisabled;
import org.lapse.organizations.application.ApplicationTemplates;
import org.lapse.organizations.application.Applications;
import org.lapse.organizations.application.NewApplication;
import org.lapse.organizations.application.NewApplication.TemplateReference;
import org.lapse.organizations.application.TemplateChange;
import org.lapse.platform.api.ApiException;
import org.lapse.platform.api.Caller;

/**
 * Applications and templates as configuration objects. What a body holds of options or annex is all of it: what it
 * leaves out goes away, as an existing script expects that reads an object, changes it and writes it back.
 */
@Singleton
@Transactional
class ConfigurationObjects {
    private final Applications applications;
    private final ApplicationTemplates templates;
    private final Event<ApplicationDisabled> disabled;

    @Inject
    ConfigurationObjects(
            Applications applications, ApplicationTemplates templates, Event<ApplicationDisabled> disabled) {
        this.applications = applications;
        this.templates = templates;
        this.disabled = disabled;
    }

    /** The objects of an organization that are asked for, by dbid. */
    List<ConfigurationObject> find(UUID organizationId, ObjectQuery query) {
        return all(organizationId, query.type())
                .filter(query::matches)
                .map(object -> query.brief() ? object.brief() : object)
                .toList();
    }

    private Stream<ConfigurationObject> all(UUID organizationId, ObjectType type) {
        return switch (type) {
            case APPLICATION ->
                applications.find(organizationId, "", 0, Integer.MAX_VALUE).stream()
                        .map(ConfigurationObject::of);
            case TEMPLATE -> templates.of(organizationId).stream().map(ConfigurationObject::of);
        };
    }

    /**
     * One object.
     *
     * @throws ApiException 404 where the organization has none of that type and dbid
     */
    ConfigurationObject get(UUID organizationId, ObjectType type, int dbid) {
        return switch (type) {
            case APPLICATION -> ConfigurationObject.of(application(organizationId, dbid));
            case TEMPLATE ->
                templates
                        .find(organizationId, dbid)
                        .map(ConfigurationObject::of)
                        .orElseThrow(ApiException::notFound);
        };
    }

    private ApplicationBody application(UUID organizationId, int dbid) {
        return applications.findByDbid(organizationId, dbid).orElseThrow(ApiException::notFound);
    }

    /**
     * Makes an object; an application begins with what its template holds, and the body says what differs.
     *
     * @throws ApiException 400 where a value may not be kept, 409 where there is an object of that name
     */
    ConfigurationObject create(Caller caller, ConfigurationObject wish) {
        return switch (ObjectQuery.typeOf(Optional.ofNullable(wish.type()).orElse(""))) {
            case APPLICATION -> ConfigurationObject.of(applications.create(caller, newApplication(wish)));
            case TEMPLATE ->
                ConfigurationObject.of(templates.create(
                        caller,
                        Optional.ofNullable(wish.name()).orElse(""),
                        wish.applicationType(),
                        new TemplateChange(
                                null,
                                wish.version(),
                                wish.enabled(),
                                sections("options", wish.options()),
                                sections("userproperties", wish.userproperties()))));
        };
    }

    private static NewApplication newApplication(ConfigurationObject wish) {
        return new NewApplication(
                wish.name(),
                new TemplateReference(templateDbid(wish), null),
                null,
                state(wish.enabled()),
                wish.version(),
                differing(Map.of(), sections("options", wish.options())),
                differing(Map.of(), sections("userproperties", wish.userproperties())));
    }

    private static int templateDbid(ConfigurationObject wish) {
        return Optional.ofNullable(wish.appprototypedbid())
                .filter(dbid -> dbid.matches("\\d{1,9}"))
                .map(Integer::valueOf)
                .orElseThrow(() -> ApiException.invalidValue(
                        "appprototypedbid", "An application is made from a template: appprototypedbid names it."));
    }

    /**
     * Changes an object; fields that are left out stay as they were. The tokens of an application that is disabled end.
     *
     * @throws ApiException 400 where a value may not be kept, 403 for a built-in template, 404 where there is no such
     *     object, 409 where there is another of that name
     */
    ConfigurationObject change(Caller caller, ObjectType type, int dbid, ConfigurationObject wish) {
        wish.refuseOtherIdentity(get(caller.organizationId(), type, dbid));
        return switch (type) {
            case APPLICATION -> changeApplication(caller, dbid, wish);
            case TEMPLATE ->
                ConfigurationObject.of(templates.change(
                        caller,
                        dbid,
                        new TemplateChange(
                                wish.name(),
                                wish.version(),
                                wish.enabled(),
                                sections("options", wish.options()),
                                sections("userproperties", wish.userproperties()))));
        };
    }

    private ConfigurationObject changeApplication(Caller caller, int dbid, ConfigurationObject wish) {
        ApplicationBody before = application(caller.organizationId(), dbid);
        ApplicationBody after = applications.change(
                caller,
                before.id(),
                new ApplicationChange(
                        wish.name(),
                        null,
                        state(wish.enabled()),
                        wish.version(),
                        differing(before.options(), sections("options", wish.options())),
                        differing(before.annex(), sections("userproperties", wish.userproperties()))));
        if (!after.mayHaveTokens()) {
            disabled.fire(new ApplicationDisabled(after.id()));
        }
        return ConfigurationObject.of(after);
    }

    /**
     * Deletes an object; the tokens of an application end.
     *
     * @throws ApiException 403 for a built-in template, 404 where there is no such object
     */
    void delete(Caller caller, ObjectType type, int dbid) {
        switch (type) {
            case APPLICATION -> {
                String id = application(caller.organizationId(), dbid).id();
                applications.delete(caller, id);
                disabled.fire(new ApplicationDisabled(id));
            }
            case TEMPLATE -> templates.delete(caller, dbid);
        }
    }

    private static @Nullable Map<String, Map<String, String>> sections(String field, @Nullable PropertyList list) {
        return list == null ? null : list.sections(field);
    }

    private static @Nullable String state(@Nullable Boolean enabled) {
        return enabled == null ? null : enabled ? "active" : "disabled";
    }

    /** The change that makes the wanted options of those that are there: null for each that goes away. */
    private static @Nullable Map<String, Map<String, @Nullable String>> differing(
            Map<String, Map<String, String>> existing, @Nullable Map<String, Map<String, String>> wanted) {
        if (wanted == null) {
            return null;
        }
        Map<String, Map<String, @Nullable String>> change = new HashMap<>();
        existing.forEach((section, options) -> options.keySet()
                .forEach(key ->
                        change.computeIfAbsent(section, name -> new HashMap<>()).put(key, null)));
        wanted.forEach((section, options) ->
                change.computeIfAbsent(section, name -> new HashMap<>()).putAll(options));
        return change;
    }
}
