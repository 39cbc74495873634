package org.lapse.sessions.session;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.lapse.organizations.application.ApplicationState;
import org.lapse.organizations.application.Applications;
import org.lapse.organizations.directory.EnabledUser;
import org.lapse.organizations.directory.Entitlements;
import org.lapse.organizations.directory.User;
import org.lapse.organizations.directory.Users;
import org.lapse.platform.changes.NumberedTable;
import org.lapse.platform.database.RowLocks;

/**
 * Whose sessions are. Who opens a session locks its application and its user first, shared with others who do so, and
 * only then reads whether they may have one and what they may do. Who disables one of them, or ends all their sessions,
 * locks them alone. So each sees what the other has done, no matter which comes first.
 */
@Singleton
@Transactional(TxType.MANDATORY)
class PrincipalLocks {
    /** The rows of users, by the number of the last change of what each is given. */
    static final NumberedTable NUMBERED = new NumberedTable("user_account", "entitlements_version");

    private final EntityManager entities;
    private final Users users;
    private final Applications applications;

    @Inject
    PrincipalLocks(EntityManager entities, Users users, Applications applications) {
        this.entities = entities;
        this.users = users;
        this.applications = applications;
    }

    /**
     * Locks an application until the transaction ends, together with others who open sessions.
     *
     * @return the number of its last change; empty where it may have no session
     */
    Optional<Long> admitApplication(String applicationId) {
        return entities.createQuery(
                        "select a.state, a.changeNumber from Application a where a.id = :id", Object[].class)
                .setParameter("id", applicationId)
                .setLockMode(LockModeType.PESSIMISTIC_READ)
                .getResultStream()
                .filter(row -> row[0] == ApplicationState.ACTIVE)
                .map(row -> (Long) row[1])
                .findFirst();
    }

    /**
     * Locks a user until the transaction ends, together with others who open sessions, after the application.
     *
     * @return the user as the user is now; empty where the user may have no session
     */
    Optional<EnabledUser> admitUser(UUID userId) {
        return users.lockEnabled(userId);
    }

    /** The same, with the user locked alone: nobody else opens a session of theirs until the transaction ends. */
    Optional<EnabledUser> admitUserAlone(UUID userId) {
        lockUser(userId);
        return users.lockEnabled(userId);
    }

    /** Whether a user who was admitted still has the password that was checked. */
    boolean isUnchanged(User checked) {
        return users.lockUnchanged(checked);
    }

    /** Locks an application together with others who open sessions, and a user alone, enabled or not. */
    void lockAlone(String applicationId, UUID userId) {
        admitApplication(applicationId);
        lockUser(userId);
    }

    /** Locks the application and the user of a principal, who may be none; answers the principal as it holds now. */
    Optional<SessionPrincipal> admit(SessionPrincipal principal) {
        UUID userId = principal.userId();
        return admitApplication(principal.applicationId())
                .flatMap(number -> userId == null
                        ? Optional.of(new Entitlements(Set.of(), applications.permissions(principal.applicationId())))
                        : admitUser(userId).map(EnabledUser::entitlements))
                .map(principal::with);
    }

    private boolean isEnabled(UUID userId) {
        return entities.createQuery(
                        "select u.enabled from User u where u.id = :id and u.deletedAt is null", Boolean.class)
                .setParameter("id", userId)
                .setLockMode(LockModeType.PESSIMISTIC_READ)
                .getResultStream()
                .anyMatch(Boolean.TRUE::equals);
    }

    /**
     * Locks the users of sessions, in the order of their ids, together with others who do so, until the transaction
     * ends.
     */
    void share(Collection<SessionRows.Held> sessions) {
        shareUsers(sessions.stream()
                .flatMap(held -> Stream.ofNullable(held.session().userId())));
    }

    private void shareUsers(Stream<UUID> userIds) {
        userIds.sorted(RowLocks.ORDER).distinct().forEach(this::isEnabled);
    }

    /**
     * Locks a user alone: nobody opens a session of theirs, or changes what they are given, until the transaction ends.
     */
    void lockUser(UUID userId) {
        users.lock(List.of(userId));
    }

    /** Locks an application alone: nobody opens a session in it until the transaction ends. */
    void lockApplication(String applicationId) {
        applications.lock(List.of(applicationId));
    }

    /** To whom a session was given and for what, as it holds now. */
    SessionPrincipal principalOf(SessionRows.Held held) {
        UUID userId = held.session().userId();
        Entitlements entitlements = userId == null
                ? new Entitlements(
                        Set.of(), applications.permissions(held.session().applicationId()))
                : users.entitlements(List.of(userId)).getOrDefault(userId, Entitlements.NONE);
        return held.principal(entitlements);
    }

    /**
     * What users are given since changes of those numbers, or later ones; the users are locked as by {@link #share}.
     */
    List<Change> changedBy(Collection<Long> numbers) {
        Map<Long, List<UUID>> byNumber = entities.createQuery(
                        "select u.entitlementsVersion, u.id from User u where u.entitlementsVersion in :numbers",
                        Object[].class)
                .setParameter("numbers", numbers)
                .getResultStream()
                .collect(Collectors.groupingBy(
                        row -> (Long) row[0], Collectors.mapping(row -> (UUID) row[1], Collectors.toList())));
        shareUsers(byNumber.values().stream().flatMap(List::stream));
        return byNumber.entrySet().stream()
                .map(one -> new Change(one.getKey(), users.entitlements(one.getValue())))
                .toList();
    }

    /** What a change of that number gives to users. */
    record Change(long number, Map<UUID, Entitlements> byUser) {}
}
