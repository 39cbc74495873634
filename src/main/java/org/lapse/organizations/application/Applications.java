package org.lapse.organizations.application;

import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.FlushModeType;
import jakarta.persistence.LockModeType;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lapse.organizations.directory.Role;
import org.lapse.organizations.directory.RoleChanged;
import org.lapse.platform.api.Administered;
import org.lapse.platform.api.ApiException;
import org.lapse.platform.api.Caller;
import org.lapse.platform.api.Texts;
import org.lapse.platform.cache.Versioned;
import org.lapse.platform.changes.ChangeNumbers;
import org.lapse.platform.changes.NumberedRows;
import org.lapse.platform.changes.NumberedTable;
import org.lapse.platform.clock.WallClock;
import org.lapse.platform.database.RowLocks;
import org.lapse.rules.timeout.ApplicationTimeout;
import org.lapse.rules.timeout.PermittedTimeouts;

/** All applications, of every organization. */
@Singleton
@Transactional
public class Applications implements NumberedRows {
    private final EntityManager entities;

    private final ApplicationTemplates templates;
    private final Event<ApplicationChanged> changed;
    private final Event<Administered> administered;
    private final ChangeNumbers numbers;
    private final WallClock clock;
    private final Duration longest;

    @Inject
    Applications(
            EntityManager entities,
            ApplicationTemplates templates,
            Event<ApplicationChanged> changed,
            Event<Administered> administered,
            ChangeNumbers numbers,
            WallClock clock,
            PermittedTimeouts permitted) {
        this.entities = entities;
        this.templates = templates;
        this.changed = changed;
        this.administered = administered;
        this.numbers = numbers;
        this.clock = clock;
        this.longest = permitted.maximum();
    }

    /** The application of that id, whatever its organization: for those who authenticate it. None that is deleted. */
    public Optional<Application> find(String applicationId) {
        return findEvenDeleted(applicationId).filter(found -> !found.isDeleted());
    }

    private Optional<Application> findEvenDeleted(String applicationId) {
        return Optional.ofNullable(entities.find(Application.class, applicationId));
    }

    /** The application of that id, if it is one of that organization. None that is deleted. */
    public Optional<Application> find(UUID organizationId, String applicationId) {
        return find(applicationId).filter(found -> found.organizationId().equals(organizationId));
    }

    /** The application of that dbid, if there is one in that organization that is not deleted. */
    public Optional<ApplicationBody> findByDbid(UUID organizationId, int dbid) {
        return select("select a", Application.class, organizationId, " and a.dbid = :dbid", Map.of("dbid", dbid))
                .getResultStream()
                .findFirst()
                .map(this::bodyOf);
    }

    /** The application of exactly that name, if there is one in that organization that is not deleted. */
    public Optional<ApplicationBody> findByName(UUID organizationId, String name) {
        return select("select a", Application.class, organizationId, " and a.name = :name", Map.of("name", name))
                .getResultStream()
                .findFirst()
                .map(this::bodyOf);
    }

    /**
     * How many applications of an organization, without the deleted ones, have that in their name, whatever its case.
     */
    public long count(UUID organizationId, String inName) {
        return named("select count(a)", Long.class, organizationId, inName, "").getSingleResult();
    }

    /** Those applications by dbid: {@code count} of them from the {@code first}, which is 0 for the very first. */
    public List<ApplicationBody> find(UUID organizationId, String inName, int first, int count) {
        List<Application> found = list(organizationId, inName, first, count);
        for (String collection : List.of("options", "annex")) { // one query for all of them, not one for each
            entities.createQuery(
                            "select a from Application a left join fetch a." + collection + " where a in :found",
                            Application.class)
                    .setParameter("found", found)
                    .getResultList();
        }
        return found.stream().map(this::bodyOf).toList();
    }

    List<Application> list(UUID organizationId, String inName, int first, int count) {
        return named("select a", Application.class, organizationId, inName, " order by a.dbid")
                .setFirstResult(first)
                .setMaxResults(count)
                .getResultList();
    }

    private <R> TypedQuery<R> named(String select, Class<R> type, UUID organizationId, String inName, String order) {
        return inName.isEmpty()
                ? select(select, type, organizationId, order, Map.of())
                : select(
                        select,
                        type,
                        organizationId,
                        " and locate(:name, lower(a.name)) > 0" + order,
                        Map.of("name", inName.toLowerCase(Locale.ROOT)));
    }

    private <R> TypedQuery<R> select(
            String select, Class<R> type, UUID organizationId, String rest, Map<String, ?> parameters) {
        TypedQuery<R> query = entities.createQuery(
                        select + " from Application a where a.organizationId = :organization and a.deletedAt is null"
                                + rest,
                        type)
                .setParameter("organization", organizationId);
        parameters.forEach(query::setParameter);
        return query;
    }

    /** The wire names of what each application may do on its own; those that may do nothing are left out. */
    public Map<String, Set<String>> permissions() {
        return entities.createQuery(
                        "select a.id, p from Application a join a.roles r join r.permissions p", Object[].class)
                .getResultStream()
                .collect(Collectors.groupingBy(
                        row -> (String) row[0],
                        Collectors.mapping(row -> (String) row[1], Collectors.toUnmodifiableSet())));
    }

    /** All applications that may have tokens and send people back, as OAuth knows them. */
    List<Versioned<OAuthClient>> readClientsOfBrowsers() {
        return entities.createQuery(
                        "select distinct a from Application a join fetch a.redirectUris where a.state = :active",
                        Application.class)
                .setParameter("active", ApplicationState.ACTIVE)
                .getResultStream()
                .map(found -> new Versioned<>(found.changeNumber(), OAuthClient.of(found)))
                .toList();
    }

    /** Has people sent back to where the installation serves an application of its own now. */
    public void serveAt(String applicationId, Set<String> redirectUris) {
        find(applicationId)
                .filter(found -> !found.redirectUris().equals(redirectUris))
                .ifPresent(moved -> {
                    moved.moveRedirectUris(redirectUris, clock.now());
                    changed(moved);
                });
    }

    void add(Application application) {
        entities.persist(application);
    }

    /**
     * What an application may do on its own follows its roles. So a change of a role is one of each application that
     * has it.
     */
    void follow(@Observes RoleChanged roleChanged) {
        entities.flush(); // from here on nobody gives an application the role as it was: see changed
        List<String> concerned = entities.createQuery(
                        "select a.id from Application a join a.roles r where r.id = :role", String.class)
                .setParameter("role", roleChanged.roleId())
                .getResultList();
        if (concerned.isEmpty()) {
            return;
        }
        lock(concerned);
        long number = numbers.next();
        List<Application> applications = entities.createQuery(
                        "select a from Application a where a.id in :concerned", Application.class)
                .setParameter("concerned", concerned)
                .getResultList();
        applications.forEach(application -> application.setChangeNumber(number));
        entities.flush();
        applications.forEach(this::tell);
    }

    /** Locks applications alone until the transaction ends: nobody opens a session in them meanwhile. */
    public void lock(Collection<String> applicationIds) {
        entities.createQuery("select a.id from Application a where a.id in :ids order by a.id", String.class)
                .setParameter("ids", applicationIds)
                .setFlushMode(
                        FlushModeType.COMMIT) // what is not written yet is written once, with the number of its change
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultList();
    }

    /** The wire names of what an application may do on its own. */
    public Set<String> permissions(String applicationId) {
        return Set.copyOf(entities.createQuery(
                        "select distinct p from Application a join a.roles r join r.permissions p where a.id = :id",
                        String.class)
                .setParameter("id", applicationId)
                .getResultList());
    }

    /** What the options of an application say, also of one that is deleted: its sessions end by them. */
    Optional<Versioned<ApplicationRules>> readRules(String applicationId) {
        return findEvenDeleted(applicationId).map(found -> new Versioned<>(found.changeNumber(), rules(found)));
    }

    /** What OAuth knows of an application, also of one that is deleted. */
    public Optional<Versioned<OAuthClient>> readClient(String applicationId) {
        return findEvenDeleted(applicationId)
                .map(found -> new Versioned<>(found.changeNumber(), OAuthClient.of(found)));
    }

    /** An application as the interface shows it. */
    ApplicationBody bodyOf(Application application) {
        return ApplicationBody.of(application, longest);
    }

    /**
     * The applications that ask for a longer timeout than this installation permits now, with what they ask for; none
     * that is deleted. For their sessions it counts as the longest that is permitted.
     */
    public Map<String, ApplicationTimeout> longerThanPermitted() {
        return entities.createQuery(
                        "select distinct a from Application a join fetch a.options where a.deletedAt is null",
                        Application.class)
                .getResultStream()
                .flatMap(found -> TimeoutOption.stored(found.type(), found.options())
                        .filter(asked -> !asked.equals(asked.atMost(longest)))
                        .map(asked -> Map.entry(found.id(), asked))
                        .stream())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** The longest inactivity timeout that this installation permits. */
    public Duration longest() {
        return longest;
    }

    private ApplicationRules rules(Application application) {
        return ApplicationRules.of(application, longest);
    }

    @Override
    public NumberedTable table() {
        return new NumberedTable("application", "change_number");
    }

    @Override
    public void tellOf(Collection<Long> missed) {
        List<Application> found = entities.createQuery(
                        "select a from Application a where a.changeNumber in :numbers", Application.class)
                .setParameter("numbers", missed)
                .getResultList();
        found.forEach(this::tell);
    }

    /**
     * Makes an application from a template.
     *
     * @throws ApiException 400 where a value may not be kept, 409 where there is an application of that name
     */
    public ApplicationBody create(Caller caller, NewApplication wish) {
        String name = Texts.name("name", wish.name());
        ApplicationTemplate template = templates.of(caller.organizationId()).stream()
                .filter(candidate -> wish.template() != null && wish.template().means(candidate))
                .findFirst()
                .orElseThrow(() -> ApiException.invalidValue("template", "There is no such template."));
        if (!template.enabled()) {
            throw ApiException.invalidValue("template", "The template is disabled.");
        }
        Instant now = clock.now();
        Application application = Application.of(template, caller.organizationId(), name, now);
        wish.difference().apply(application, now);
        TimeoutOption.check(application.type(), template.options(), application.options(), longest);
        entities.persist(application);
        changed(application);
        ApplicationBody made = bodyOf(application);
        tell(caller, "application.create", application.id(), null, made);
        return made;
    }

    /**
     * Changes an application.
     *
     * @return the application as it is now; where it is not active, its tokens must end
     * @throws ApiException 400 where a value may not be kept; 403 where the client may do, or may be granted, what the
     *     caller may not, and the change concerns what users see of it; 404 where there is none of that id
     */
    public ApplicationBody change(Caller caller, String applicationId, ApplicationChange change) {
        Application application = find(caller.organizationId(), applicationId).orElseThrow(ApiException::notFound);
        ApplicationBody before = bodyOf(application);
        if (change.concernsClient(application)) {
            OAuthClients.mustMayMake(caller, application);
        }
        change.apply(application, clock.now());
        TimeoutOption.check(application.type(), before.options(), application.options(), longest);
        if (application.state() != ApplicationState.ACTIVE) {
            mustBeAnother(caller, application);
        }
        changed(application);
        ApplicationBody after = bodyOf(application);
        tell(caller, "application.update", applicationId, before, after);
        return after;
    }

    /**
     * Deletes an application; its tokens must end.
     *
     * @throws ApiException 404 where there is none of that id; 409 where it is the one that makes the call
     */
    public void delete(Caller caller, String applicationId) {
        Application application = find(caller.organizationId(), applicationId).orElseThrow(ApiException::notFound);
        mustBeAnother(caller, application);
        ApplicationBody before = bodyOf(application);
        application.delete(clock.now());
        changed(application);
        tell(caller, "application.delete", applicationId, before, null);
    }

    /** Keeps an application from locking out all who administer Lapse with it. */
    static void mustBeAnother(Caller caller, Application application) {
        if (application.id().equals(caller.applicationId())) {
            throw ApiException.conflict("An application does not disable or delete itself.");
        }
    }

    private void tell(Caller caller, String action, String id, @Nullable Object before, @Nullable Object after) {
        administered.fire(new Administered(caller, action, "application", id, before, after));
    }

    /**
     * Writes that an application was made, changed or deleted, and tells of it: it holds as soon as the transaction has
     * succeeded. Its roles are locked first, shared with others who do so: anybody who changes one of them at the same
     * time finds the application as it is then, or this fails. The application is locked alone: nobody opens a session
     * in it meanwhile.
     *
     * @throws ApiException 400 where an option holds what it may not
     */
    void changed(Application application) {
        application.roles().stream()
                .sorted(Comparator.comparing(Role::id, RowLocks.ORDER))
                .forEach(role -> RowLocks.lockAsRead(entities, role, LockModeType.PESSIMISTIC_READ));
        lock(Set.of(application.id()));
        application.setChangeNumber(numbers.next());
        entities.flush();
        tell(application);
    }

    private void tell(Application application) {
        changed.fire(
                new ApplicationChanged(application.changeNumber(), rules(application), OAuthClient.of(application)));
    }
}
