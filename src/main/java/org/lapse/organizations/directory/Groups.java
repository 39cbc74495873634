package org.lapse.organizations.directory;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.lapse.platform.api.Page;
import org.lapse.platform.api.SortOrder;

/** All groups, of every organization; each question names the organization that it is about. */
@Singleton
@Transactional
public class Groups {
    private final EntityManager entities;
    private final Users users;

    @Inject
    Groups(EntityManager entities, Users users) {
        this.entities = entities;
        this.users = users;
    }

    /** The group of that id, if it is one of that organization. */
    Optional<Group> find(UUID organizationId, UUID groupId) {
        return Optional.ofNullable(entities.find(Group.class, groupId))
                .filter(group -> group.organizationId().equals(organizationId));
    }

    /** Those of the ids that are ids of groups of that organization. */
    public Set<UUID> existing(UUID organizationId, Collection<UUID> groupIds) {
        return Set.copyOf(entities.createQuery(
                        "select g.id from Group g where g.organizationId = :organization and g.id in :ids", UUID.class)
                .setParameter("organization", organizationId)
                .setParameter("ids", groupIds)
                .getResultList());
    }

    /**
     * A page of an organization's groups with that in their names, in the order of their names; with ids only those.
     */
    List<Group> find(UUID organizationId, List<UUID> ids, String inName, SortOrder order, Page.Request page) {
        return matching("select g from Group g", Group.class, organizationId, ids, inName, " order by g.name " + order)
                .setFirstResult(page.first())
                .setMaxResults(page.size())
                .getResultList();
    }

    /** How many groups with that in their names an organization has; with ids only those. */
    long count(UUID organizationId, List<UUID> ids, String inName) {
        return matching("select count(g) from Group g", Long.class, organizationId, ids, inName, "")
                .getSingleResult();
    }

    private <R> TypedQuery<R> matching(
            String select, Class<R> type, UUID organizationId, List<UUID> ids, String inName, String order) {
        TypedQuery<R> query = entities.createQuery(
                        select + " where g.organizationId = :organization" + (ids.isEmpty() ? "" : " and g.id in :ids")
                                + (inName.isEmpty() ? "" : " and lower(g.name) like :contains escape '!'")
                                + order,
                        type)
                .setParameter("organization", organizationId);
        if (!ids.isEmpty()) {
            query.setParameter("ids", ids);
        }
        return inName.isEmpty() ? query : query.setParameter("contains", Contained.pattern(inName));
    }

    /** A page of a group's members, in the order of their names. */
    List<User> members(Group group, SortOrder order, Page.Request page) {
        return entities.createQuery(
                        "select m from Group g join g.members m where g = :group order by m.name " + order + ", m.id "
                                + order,
                        User.class)
                .setParameter("group", group)
                .setFirstResult(page.first())
                .setMaxResults(page.size())
                .getResultList();
    }

    /** How many members a group has. */
    long countMembers(Group group) {
        return entities.createQuery("select count(m) from Group g join g.members m where g = :group", Long.class)
                .setParameter("group", group)
                .getSingleResult();
    }

    void add(Group group) {
        entities.persist(group);
        entities.flush();
    }

    /** Writes a change of a group, so that it has its new version. */
    void changed() {
        entities.flush();
    }

    /** Writes a change of membership and tells what the users whom it concerns are given from now on. */
    void membershipChanged(List<UUID> userIds) {
        entities.flush();
        users.tellEntitlements(userIds);
    }

    /** Deletes a group together with its memberships. Users are locked before groups. */
    void remove(Group group) {
        List<UUID> members = entities.createQuery(
                        "select m.id from Group g join g.members m where g = :group", UUID.class)
                .setParameter("group", group)
                .getResultList();
        users.lock(members);
        entities.remove(group);
        membershipChanged(members);
    }
}
