package org.lapse.organizations.directory;

import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hibernate.Session;
import org.lapse.platform.api.ApiException;
import org.lapse.platform.api.Page;
import org.lapse.platform.api.Permission;
import org.lapse.platform.api.SortOrder;
import org.lapse.platform.changes.ChangeNumbers;
import org.lapse.platform.database.RowLocks;

/** All users, of every organization; each question names the organization that it is about. */
@Singleton
@Transactional
public class Users {
    /** As many ids as every database takes in one query. */
    private static final int TOLD_AT_ONCE = 1000;

    /** A row for each group of a user, for each permission of a role, and for each role that permits nothing. */
    private static final String GIVEN = "select g.id as group_id, g.name as name, cast(null as varchar) as permission"
            + " from group_member m join user_group g on g.id = m.group_id where m.user_id = :user"
            + " union all select cast(null as uuid), r.name, p.permission"
            + " from user_role u join role r on r.id = u.role_id"
            + " left join role_permission p on p.role_id = r.id where u.user_id = :user";

    private final EntityManager entities;
    private final ChangeNumbers numbers;
    private final Event<EntitlementsChanged> entitlementsChanged;

    @Inject
    Users(EntityManager entities, ChangeNumbers numbers, Event<EntitlementsChanged> entitlementsChanged) {
        this.entities = entities;
        this.numbers = numbers;
        this.entitlementsChanged = entitlementsChanged;
    }

    /** The user of that id, if it is one of that organization and not deleted. */
    public Optional<User> find(UUID organizationId, UUID userId) {
        return findEvenDeleted(organizationId, userId).filter(user -> user.state() != UserState.DELETED);
    }

    /** The user of that id, if it is one of that organization, deleted or not. */
    public Optional<User> findEvenDeleted(UUID organizationId, UUID userId) {
        return Optional.ofNullable(entities.find(User.class, userId))
                .filter(user -> user.organizationId().equals(organizationId));
    }

    /** Those of these ids whose users are of that organization and not deleted. */
    public Set<UUID> existing(UUID organizationId, Collection<UUID> userIds) {
        List<UUID> all = List.copyOf(userIds);
        Set<UUID> found = new HashSet<>();
        for (int i = 0; i < all.size(); i += TOLD_AT_ONCE) {
            found.addAll(entities.createQuery(
                            "select u.id from User u where u.organizationId = :organization and u.deletedAt is null"
                                    + " and u.id in :ids",
                            UUID.class)
                    .setParameter("organization", organizationId)
                    .setParameter("ids", all.subList(i, Math.min(all.size(), i + TOLD_AT_ONCE)))
                    .getResultList());
        }
        return found;
    }

    /**
     * Users of one organization, none of them deleted, locked alone until the transaction ends: nobody deletes them
     * meanwhile. So nothing of the users may have been read before in the transaction.
     *
     * @param field where the ids stand in the request
     * @throws ApiException 400 {@code invalid.value} where one of the ids is nobody's there
     */
    Set<User> lockAll(UUID organizationId, Collection<UUID> userIds, String field) {
        lock(userIds);
        return userIds.stream()
                .map(id -> find(organizationId, id)
                        .orElseThrow(() -> ApiException.invalidValue(field, "There is no user of one of these ids.")))
                .collect(Collectors.toSet());
    }

    /** A page of an organization's users who match, in the order of their names. */
    List<User> find(UUID organizationId, UserFilter filter, SortOrder order, Page.Request page) {
        return matching(
                        "select u from User u",
                        User.class,
                        organizationId,
                        filter,
                        " order by u.name " + order + ", u.id " + order)
                .setFirstResult(page.first())
                .setMaxResults(page.size())
                .getResultList();
    }

    /** How many of an organization's users match. */
    long count(UUID organizationId, UserFilter filter) {
        return matching("select count(u) from User u", Long.class, organizationId, filter, "")
                .getSingleResult();
    }

    private <R> TypedQuery<R> matching(
            String select, Class<R> type, UUID organizationId, UserFilter filter, String order) {
        TypedQuery<R> query = entities.createQuery(
                        select + " where u.organizationId = :organization" + filter.conditions() + order, type)
                .setParameter("organization", organizationId);
        filter.parameters().forEach(query::setParameter);
        return query;
    }

    void add(User user) {
        entities.persist(user);
    }

    /** Whether somebody of an organization has that permission and can sign in. */
    boolean somebodyMay(UUID organizationId, Permission permission) {
        return entities.createQuery(
                                "select count(u) from User u join u.roles r join r.permissions p"
                                        + " where u.organizationId = :organization and u.enabled = true"
                                        + " and u.passwordHash is not null and p = :permission",
                                Long.class)
                        .setParameter("organization", organizationId)
                        .setParameter("permission", permission.wireName())
                        .getSingleResult()
                > 0;
    }

    /**
     * Locks users alone until the transaction ends, in the order of their ids: nobody opens a session of theirs
     * meanwhile, or changes what they are given.
     */
    public void lock(Collection<UUID> userIds) {
        portions(userIds).forEach(some -> entities.createQuery(
                        "select u.id from User u where u.id in :ids order by u.id", UUID.class)
                .setParameter("ids", some)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultList());
    }

    /** Users in the order in which they are locked, as many at once as one query takes. */
    private static Stream<List<UUID>> portions(Collection<UUID> userIds) {
        List<UUID> all = userIds.stream().sorted(RowLocks.ORDER).distinct().toList();
        return IntStream.iterate(0, from -> from < all.size(), from -> from + TOLD_AT_ONCE)
                .mapToObj(from -> all.subList(from, Math.min(all.size(), from + TOLD_AT_ONCE)));
    }

    /** Tells what these users are given from now on. */
    void tellEntitlements(Collection<UUID> userIds) {
        portions(userIds).forEach(some -> {
            lock(some);
            long number = numbers.next();
            entities.createQuery("update User u set u.entitlementsVersion = :number where u.id in :ids")
                    .setParameter("number", number)
                    .setParameter("ids", some)
                    .executeUpdate();
            entitlementsChanged.fire(new EntitlementsChanged(number, entitlements(some)));
        });
    }

    /** The user of that name for signing in, whatever its case. A name with a control character is nobody's. */
    public Optional<User> findByUsername(UUID organizationId, String username) {
        if (username.chars().anyMatch(Character::isISOControl)) {
            return Optional.empty(); // PostgreSQL would not even take some of them as a parameter
        }
        return entities.createQuery(
                        "select u from User u where u.organizationId = :organization and u.username = :username",
                        User.class)
                .setParameter("organization", organizationId)
                .setParameter("username", User.normalized(username))
                .getResultStream()
                .findFirst();
    }

    /** The organizations that have a user of that name for signing in, whatever its case. */
    public List<UUID> organizationsOf(String username) {
        if (username.chars().anyMatch(Character::isISOControl)) {
            return List.of();
        }
        return entities.createQuery("select u.organizationId from User u where u.username = :username", UUID.class)
                .setParameter("username", User.normalized(username))
                .getResultList();
    }

    /** How many people of an organization may sign in. */
    public long countActive(UUID organizationId) {
        return count(organizationId, new UserFilter(Optional.of(UserState.ACTIVE), List.of(), ""));
    }

    /** Which of these groups each person is in who may sign in; who is in none of them is left out. */
    public Map<UUID, Set<UUID>> activeMembers(Collection<UUID> groupIds) {
        return groupIds.isEmpty()
                ? Map.of()
                : entities.createQuery(
                                "select m.id, g.id from Group g join g.members m where g.id in :ids"
                                        + " and m.enabled = true and m.deletedAt is null",
                                Object[].class)
                        .setParameter("ids", groupIds)
                        .getResultStream()
                        .collect(Collectors.groupingBy(
                                row -> (UUID) row[0], Collectors.mapping(row -> (UUID) row[1], Collectors.toSet())));
    }

    /** The users of these ids in that organization, by their ids, deleted ones too. */
    public Map<UUID, User> byId(UUID organizationId, Collection<UUID> userIds) {
        return userIds.isEmpty()
                ? Map.of()
                : entities.createQuery(
                                "select u from User u where u.organizationId = :organization and u.id in :ids",
                                User.class)
                        .setParameter("organization", organizationId)
                        .setParameter("ids", userIds)
                        .getResultStream()
                        .collect(Collectors.toMap(User::id, Function.identity()));
    }

    /** What each user is given by groups and roles; users who are given nothing are left out. */
    public Map<UUID, Entitlements> entitlements() {
        return merged(
                entities.createQuery("select m.id, g.id from Group g join g.members m", Object[].class)
                        .getResultStream(),
                entities.createQuery("select u.id, p from User u join u.roles r join r.permissions p", Object[].class)
                        .getResultStream());
    }

    /** What each of these users is given by groups and roles, {@link Entitlements#NONE} among the answers. */
    public Map<UUID, Entitlements> entitlements(Collection<UUID> userIds) {
        Map<UUID, Entitlements> found = merged(
                entities.createQuery(
                                "select m.id, g.id from Group g join g.members m where m.id in :ids", Object[].class)
                        .setParameter("ids", userIds)
                        .getResultStream(),
                entities.createQuery(
                                "select u.id, p from User u join u.roles r join r.permissions p where u.id in :ids",
                                Object[].class)
                        .setParameter("ids", userIds)
                        .getResultStream());
        return userIds.stream()
                .distinct()
                .collect(Collectors.toUnmodifiableMap(
                        Function.identity(), id -> found.getOrDefault(id, Entitlements.NONE)));
    }

    /** The user of that id, if it is one of that organization who may sign in. */
    public Optional<EnabledUser> findEnabled(UUID organizationId, UUID userId) {
        return enabled(userId, LockModeType.NONE)
                .filter(user -> user.organizationId().equals(organizationId));
    }

    /**
     * The user of that id, locked until the transaction ends together with others who do so: nobody disables the user
     * meanwhile, or changes what the user is given. Empty where the user may not sign in.
     */
    @Transactional(TxType.MANDATORY)
    public Optional<EnabledUser> lockEnabled(UUID userId) {
        return enabled(userId, LockModeType.PESSIMISTIC_READ);
    }

    /**
     * Locks a user until the transaction ends, together with others who do so.
     *
     * @param checked the user as a password of theirs was checked
     * @return false where the user may not sign in, or has another password since
     */
    @Transactional(TxType.MANDATORY)
    public boolean lockUnchanged(User checked) {
        return entities.createQuery(
                        "select u.passwordHash from User u"
                                + " where u.id = :id and u.enabled = true and u.deletedAt is null"
                                + " and u.passwordMustChange = false",
                        String.class)
                .setParameter("id", checked.id())
                .setLockMode(LockModeType.PESSIMISTIC_READ)
                .getResultStream()
                .anyMatch(hash -> hash.equals(checked.passwordHash()));
    }

    /** What groups and roles give is read when the lock is held. */
    private Optional<EnabledUser> enabled(UUID userId, LockModeType lock) {
        return entities.createQuery(
                        "select u.organizationId, u.username, u.name, u.enabled from User u"
                                + " where u.id = :id and u.deletedAt is null",
                        Object[].class)
                .setParameter("id", userId)
                .setLockMode(lock)
                .getResultStream()
                .filter(row -> (Boolean) row[3])
                .findFirst()
                .map(row -> enabled(userId, (UUID) row[0], (String) row[1], (String) row[2]));
    }

    private EnabledUser enabled(UUID userId, UUID organizationId, String username, String name) {
        Set<UUID> groups = new HashSet<>();
        Set<String> groupNames = new HashSet<>();
        Map<String, Set<String>> roles = new HashMap<>();
        Set<String> permissions = new HashSet<>();
        List<Object[]> given = entities.unwrap(Session.class)
                .createNativeQuery(GIVEN, Object[].class)
                .setParameter("user", userId)
                .addScalar("group_id", UUID.class)
                .addScalar("name", String.class)
                .addScalar("permission", String.class)
                .getResultList();
        for (Object[] row : given) {
            if (row[0] == null) {
                Set<String> ofRole = roles.computeIfAbsent((String) row[1], role -> new HashSet<>());
                Optional.ofNullable((String) row[2]).ifPresent(ofRole::add);
                permissions.addAll(ofRole);
            } else {
                groups.add((UUID) row[0]);
                groupNames.add((String) row[1]);
            }
        }
        return new EnabledUser(
                userId, organizationId, username, name, groupNames, roles, new Entitlements(groups, permissions));
    }

    /** What this user is given by groups and roles. */
    public Entitlements entitlements(User user) {
        return entitlements(List.of(user.id())).getOrDefault(user.id(), Entitlements.NONE);
    }

    private static Map<UUID, Entitlements> merged(Stream<Object[]> memberships, Stream<Object[]> permissions) {
        Map<UUID, Set<UUID>> groups = memberships.collect(Collectors.groupingBy(
                row -> (UUID) row[0], Collectors.mapping(row -> (UUID) row[1], Collectors.toSet())));
        Map<UUID, Set<String>> permitted = permissions.collect(Collectors.groupingBy(
                row -> (UUID) row[0], Collectors.mapping(row -> (String) row[1], Collectors.toSet())));
        return Stream.concat(groups.keySet().stream(), permitted.keySet().stream())
                .distinct()
                .collect(Collectors.toUnmodifiableMap(
                        Function.identity(),
                        id -> new Entitlements(
                                groups.getOrDefault(id, Set.of()), permitted.getOrDefault(id, Set.of()))));
    }

    /** The names of the groups that the user is a member of, in order. */
    public List<String> groupNames(User user) {
        return groups(user).stream().map(Group::name).toList();
    }

    /** The groups that the user is a member of, in the order of their names. */
    List<Group> groups(User user) {
        return entities.createQuery(
                        "select g from Group g join g.members m where m = :user order by g.name", Group.class)
                .setParameter("user", user)
                .getResultList();
    }
}
