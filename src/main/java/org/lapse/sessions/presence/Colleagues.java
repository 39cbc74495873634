package org.lapse.sessions.presence;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.util.Optional;
import java.util.UUID;
import org.lapse.organizations.directory.User;
import org.lapse.organizations.directory.Users;
import org.lapse.platform.api.ApiException;
import org.lapse.platform.api.Caller;
import org.lapse.platform.api.Permission;
import org.lapse.platform.database.RowLocks;
import org.lapse.sessions.session.CurrentSession;
import org.lapse.sessions.session.Session;

/** The users whom a caller may see, and whose presence the caller may change. */
@Singleton
@Transactional
class Colleagues {
    private final Users users;
    private final CurrentSession current;
    private final EntityManager entities;

    @Inject
    Colleagues(Users users, CurrentSession current, EntityManager entities) {
        this.users = users;
        this.current = current;
        this.entities = entities;
    }

    /**
     * A user of the caller's organization.
     *
     * @throws ApiException 404 where there is none of that id
     */
    User find(UUID userId, Caller caller) {
        return users.find(caller.organizationId(), userId).orElseThrow(ApiException::notFound);
    }

    /**
     * A user whom the caller may change: the caller, or with that permission anybody of the organization.
     *
     * @throws ApiException 403 {@code missing.permissions}, or 404 where there is none of that id
     */
    User findToChange(UUID userId, Caller caller, Permission permission) {
        if (isSelf(userId, caller)) {
            keepSession();
        }
        requireForOthers(userId, caller, permission);
        return find(userId, caller);
    }

    /**
     * Refuses a caller who may not change that user, be there such a user or not.
     *
     * @throws ApiException 403 {@code missing.permissions}
     */
    static void requireForOthers(UUID userId, Caller caller, Permission permission) {
        if (!isSelf(userId, caller)) {
            caller.require(permission);
        }
    }

    static boolean isSelf(UUID userId, Caller caller) {
        return caller.userId().equals(Optional.of(userId));
    }

    /**
     * The session whose user makes the change cannot end before this transaction does: a call that was on its way when
     * the last session ended shows nobody who is gone.
     */
    private void keepSession() {
        boolean isLive = RowLocks.find(entities, Session.class, current.get().id(), LockModeType.PESSIMISTIC_READ)
                .filter(session -> session.state().isLive())
                .isPresent();
        if (!isLive) {
            throw ApiException.badCredentials("The access token has ended.");
        }
    }
}
