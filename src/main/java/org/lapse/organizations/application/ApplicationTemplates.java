package org.lapse.organizations.application;

import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.lapse.platform.api.Administered;
import org.lapse.platform.api.ApiException;
import org.lapse.platform.api.Caller;
import org.lapse.platform.api.Texts;
import org.lapse.rules.timeout.PermittedTimeouts;

/** The application templates of each organization: the built-in ones, which all share, and its own. */
@Singleton
@Transactional
public class ApplicationTemplates {
    private final EntityManager entities;

    private final Event<Administered> administered;
    private final Duration longest;

    @Inject
    ApplicationTemplates(EntityManager entities, Event<Administered> administered, PermittedTimeouts permitted) {
        this.entities = entities;
        this.administered = administered;
        this.longest = permitted.maximum();
    }

    /** All templates of an organization, the built-in ones first. */
    public List<ApplicationTemplate> of(UUID organizationId) {
        Stream<ApplicationTemplate> own = entities.createQuery(
                        "select t from OwnTemplate t where t.organizationId = :organization order by t.dbid",
                        OwnTemplate.class)
                .setParameter("organization", organizationId)
                .getResultStream()
                .map(OwnTemplate::template);
        return Stream.concat(Arrays.stream(Component.values()).map(Component::template), own)
                .toList();
    }

    /** The template of that dbid, if the organization has it. */
    public Optional<ApplicationTemplate> find(UUID organizationId, int dbid) {
        return of(organizationId).stream()
                .filter(template -> template.dbid() == dbid)
                .findFirst();
    }

    /**
     * Makes a template of the organization's own.
     *
     * @param name unique among its templates
     * @throws ApiException 400 where a value may not be kept, 409 where there is a template of that name
     */
    public ApplicationTemplate create(Caller caller, String name, ApplicationType type, TemplateChange rest) {
        String checkedName = Texts.name("name", name);
        refuseTaken(checkedName);
        OwnTemplate template = new OwnTemplate(caller.organizationId(), checkedName, type);
        rest.apply(template);
        entities.persist(template);
        ApplicationTemplate made = checked(template, Map.of());
        administered.fire(new Administered(
                caller,
                "template.create",
                "template",
                Integer.toString(made.dbid()),
                null,
                ApplicationTemplateBody.of(made)));
        return made;
    }

    /**
     * Changes a template of the organization's own; applications that were made from it stay as they are.
     *
     * @throws ApiException 403 where the template is built in, 404 where there is none
     */
    public ApplicationTemplate change(Caller caller, int dbid, TemplateChange change) {
        OwnTemplate template = own(caller, dbid);
        ApplicationTemplate before = template.template();
        change.apply(template);
        ApplicationTemplate after = checked(template, before.options());
        if (!after.name().equals(before.name())) {
            refuseTaken(after.name());
        }
        administered.fire(new Administered(
                caller,
                "template.update",
                "template",
                Integer.toString(dbid),
                ApplicationTemplateBody.of(before),
                ApplicationTemplateBody.of(after)));
        return after;
    }

    /**
     * Deletes a template of the organization's own; applications that were made from it stay as they are.
     *
     * @throws ApiException 403 where the template is built in, 404 where there is none
     */
    public void delete(Caller caller, int dbid) {
        OwnTemplate template = own(caller, dbid);
        ApplicationTemplateBody before = ApplicationTemplateBody.of(template.template());
        entities.remove(template);
        administered.fire(
                new Administered(caller, "template.delete", "template", Integer.toString(dbid), before, null));
    }

    private OwnTemplate own(Caller caller, int dbid) {
        ApplicationTemplate template = find(caller.organizationId(), dbid).orElseThrow(ApiException::notFound);
        if (template.builtIn()) {
            throw ApiException.notAuthorized("A built-in template stays as it is: make one of your own.");
        }
        return entities.find(OwnTemplate.class, dbid);
    }

    /** The database compares the names of an organization's own templates only. */
    private static void refuseTaken(String name) {
        if (Arrays.stream(Component.values())
                .anyMatch(component -> component.template().name().equals(name))) {
            throw ApiException.conflict("A built-in template has that name.");
        }
    }

    /** The template, whose options every application that is made from it must be able to have. */
    private ApplicationTemplate checked(OwnTemplate own, Map<String, Map<String, String>> before) {
        ApplicationTemplate template = own.template();
        TimeoutOption.check(template.type(), before, template.options(), longest);
        SecurityOptions.of(template.type(), template.options(), longest);
        NotReady.of(template.type(), template.options());
        return template;
    }
}
