package org.lapse.organizations.directory;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.lapse.platform.api.ApiException;
import org.lapse.platform.api.Page;
import org.lapse.platform.api.Permission;

/** All roles, of every organization; each question names the organization that it is about. */
@Singleton
@Transactional
public class Roles {
    private final EntityManager entities;
    private final Users users;

    @Inject
    Roles(EntityManager entities, Users users) {
        this.entities = entities;
        this.users = users;
    }

    /** The role of that id, if it is one of that organization. */
    Optional<Role> find(UUID organizationId, UUID roleId) {
        return Optional.ofNullable(entities.find(Role.class, roleId))
                .filter(role -> role.organizationId().equals(organizationId));
    }

    /**
     * Roles of one organization.
     *
     * @param field where the ids stand in the request
     * @throws ApiException 400 {@code invalid.value} where one of the ids is no role's there
     */
    public Set<Role> all(UUID organizationId, Collection<UUID> roleIds, String field) {
        return roleIds.stream()
                .map(id -> find(organizationId, id)
                        .orElseThrow(() -> ApiException.invalidValue(field, "There is no role of one of these ids.")))
                .collect(Collectors.toSet());
    }

    /** A page of an organization's roles, in the order of their names. */
    List<Role> find(UUID organizationId, Page.Request page) {
        return entities.createQuery(
                        "select r from Role r where r.organizationId = :organization order by r.name, r.id", Role.class)
                .setParameter("organization", organizationId)
                .setFirstResult(page.first())
                .setMaxResults(page.size())
                .getResultList();
    }

    /** How many roles an organization has. */
    long count(UUID organizationId) {
        return entities.createQuery("select count(r) from Role r where r.organizationId = :organization", Long.class)
                .setParameter("organization", organizationId)
                .getSingleResult();
    }

    void add(Role role) {
        entities.persist(role);
        entities.flush();
    }

    /** The users who have a role. */
    List<User> holders(Role role) {
        return entities.createQuery("select u from User u join u.roles r where r = :role", User.class)
                .setParameter("role", role)
                .getResultList();
    }

    /** Writes a role's new permissions and tells what its users are given from now on. */
    void changed(Role role) {
        entities.flush();
        users.tellEntitlements(idsOf(holders(role)));
    }

    /** Takes a role from all users and deletes it; one that an application has stays, with 409 from the database. */
    void remove(Role role) {
        List<User> holders = holders(role);
        holders.forEach(user -> user.revoke(role));
        entities.remove(role);
        entities.flush();
        users.tellEntitlements(idsOf(holders));
    }

    private static List<UUID> idsOf(Collection<User> users) {
        return users.stream().map(User::id).toList();
    }

    /**
     * Refuses a change after which nobody could administer the organization.
     *
     * @throws ApiException 409 {@code general.conflict}
     */
    void mustKeepAnAdministrator(UUID organizationId) {
        if (!users.somebodyMay(organizationId, Permission.DIRECTORY_ORGANIZATION_ADMIN)) {
            throw ApiException.conflict(
                    "Nobody would be left who can sign in and administer the organization: make another administrator first.");
        }
    }
}
