package org.lapse.organizations.directory;

import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lapse.platform.api.Administered;
import org.lapse.platform.api.ApiException;
import org.lapse.platform.api.Caller;
import org.lapse.platform.api.Ids;
import org.lapse.platform.api.Page;
import org.lapse.platform.api.Permission;
import org.lapse.platform.api.SortOrder;
import org.lapse.platform.clock.WallClock;

/** What administrators read and change about the users of their organization. Each method is one transaction. */
@Singleton
@Transactional
class UserAccounts {
    private static final String USER = "user";

    private final EntityManager entities;
    private final Users users;
    private final Roles roles;
    private final Organizations organizations;
    private final PasswordGuesses guesses;
    private final Event<Administered> administered;
    private final Event<PasswordChanged> passwordChanged;
    private final RecentSignIns recentSignIns;
    private final WallClock clock;

    @Inject
    UserAccounts(
            EntityManager entities,
            Users users,
            Roles roles,
            Organizations organizations,
            PasswordGuesses guesses,
            Event<Administered> administered,
            Event<PasswordChanged> passwordChanged,
            RecentSignIns recentSignIns,
            WallClock clock) {
        this.entities = entities;
        this.users = users;
        this.roles = roles;
        this.organizations = organizations;
        this.guesses = guesses;
        this.administered = administered;
        this.passwordChanged = passwordChanged;
        this.recentSignIns = recentSignIns;
        this.clock = clock;
    }

    /** The user for whom the token acts, with the names of the groups where they are not asked for in full. */
    UserBody me(Caller caller, Expansion expansion) {
        User user = find(caller, caller.userId().orElseThrow(ApiException::notAUser));
        List<?> groups = expansion.asksFor(Expansion.GROUPS) ? groupsOf(user) : users.groupNames(user);
        return UserBody.of(user, groups, authorizationOf(user, expansion), organizationOf(user, expansion));
    }

    /** One user; a deleted one only where deleted ones are asked for. */
    UserBody get(Caller caller, UUID userId, @Nullable UserState state, Expansion expansion) {
        User found = users.findEvenDeleted(caller.organizationId(), userId)
                .filter(user -> state == null ? user.state() != UserState.DELETED : user.state() == state)
                .orElseThrow(ApiException::notFound);
        return body(found, expansion);
    }

    Page<UserBody> list(Caller caller, UserFilter filter, Expansion expansion, SortOrder order, Page.Request page) {
        UUID organizationId = caller.organizationId();
        List<UserBody> found = users.find(organizationId, filter, order, page).stream()
                .map(user -> body(user, expansion))
                .toList();
        return Page.of(found, page, users.count(organizationId, filter), "/api/v2/users");
    }

    /**
     * Makes a user.
     *
     * @param passwordHash the hash of the password that the creation names; null where it names none
     */
    UserBody create(Caller caller, UserCreation creation, @Nullable String passwordHash, Instant now) {
        UUID organizationId = caller.organizationId();
        User user = new User(organizationId, creation.username(), creation.validName(), passwordHash, now);
        user.setEnabled(creation.isEnabled());
        users.add(user);
        entities.flush();
        UserBody made = tell(caller, "user.create", user, null);
        guesses.forget(user, now); // of the name, while it was nobody's
        return made;
    }

    /**
     * Changes a user. Who changes their own name for signing in has signed in lately.
     *
     * @throws ApiException 403 {@code not.authorized} where the user may do what the caller may not; 401 {@code
     *     insufficient_user_authentication} where the caller has to sign in again
     */
    UserBody change(Caller caller, UUID userId, UserChange change) {
        organizations.lockAdministration(caller.organizationId());
        User user = find(caller, userId);
        mustHoldAllOf(caller, user);
        if (change.validVersion() != user.version()) {
            throw ApiException.conflict("The user has been changed since version " + change.version() + " was read.");
        }
        UserBody before = UserBody.of(user);
        String usernameBefore = user.username();
        boolean administrates = isAdministrator(user);
        if (isItself(caller, userId) && change.callsOtherwise(user)) {
            recentSignIns.demand(caller);
        }
        change.apply(user);
        entities.flush();
        if (administrates) {
            keepAnAdministrator(caller);
        }
        UserBody after = tell(caller, "user.update", user, before);
        if (!user.isCalled(usernameBefore)) {
            guesses.forget(user, clock.now()); // of the new name, while it was nobody's
        }
        return after;
    }

    /**
     * Deletes a user.
     *
     * @throws ApiException 403 {@code not.authorized} where the user may do what the caller may not
     */
    void delete(Caller caller, UUID userId, Instant now) {
        organizations.lockAdministration(caller.organizationId());
        users.lock(Set.of(userId)); // nobody takes the user into a group meanwhile
        User user = find(caller, userId);
        mustHoldAllOf(caller, user);
        UserBody before = UserBody.of(user);
        boolean administrates = isAdministrator(user);
        users.groups(user).forEach(group -> group.removeAll(Set.of(user), now));
        user.delete(now);
        entities.flush();
        if (administrates) {
            keepAnAdministrator(caller);
        }
        administered.fire(new Administered(caller, "user.delete", USER, userId.toString(), before, null));
    }

    /**
     * Whether the caller may give a user another password without the present one: a person after a recent sign-in
     * alone, an application on its own at any time.
     *
     * @throws ApiException 403 {@code not.authorized} where the user may do what the caller may not; 401 {@code
     *     insufficient_user_authentication} where the caller has to sign in again
     */
    void mustMaySetPassword(Caller caller, UUID userId) {
        mustHoldAllOf(caller, find(caller, userId));
        recentSignIns.demand(caller);
    }

    private static boolean isItself(Caller caller, UUID userId) {
        return caller.userId().filter(userId::equals).isPresent();
    }

    /** Nobody reaches a user who may do more: as that user, or without them, the caller could do more too. */
    private void mustHoldAllOf(Caller caller, User user) {
        caller.mustHoldAll(users.entitlements(user).permissions());
    }

    /**
     * Gives a user another password.
     *
     * @param newHash its hash
     * @param others what becomes of the user's sessions, but the caller's own
     * @throws ApiException 403 {@code not.authorized} where the user may do what the caller may not
     */
    void setPassword(Caller caller, UUID userId, String newHash, OtherSessions others) {
        setPassword(caller, userId, newHash, others, null);
    }

    private void setPassword(
            Caller caller, UUID userId, String newHash, OtherSessions others, @Nullable UUID signInId) {
        User user = find(caller, userId);
        mustHoldAllOf(caller, user);
        change(caller, user, newHash, others, signInId);
    }

    private void change(Caller caller, User user, String newHash, OtherSessions others, @Nullable UUID signInId) {
        UUID userId = user.id();
        String hashBefore = user.passwordHash();
        user.setPasswordHash(newHash);
        entities.flush();
        passwordChanged.fire(new PasswordChanged(userId, caller.applicationId(), hashBefore, others, signInId));
        administered.fire(new Administered(caller, "user.password.update", USER, userId.toString(), null, null));
        guesses.forget(user, clock.now());
    }

    /**
     * Gives the caller another password in the place of one that was checked.
     *
     * @param checkedHash the hash of the password that was checked
     * @param newHash the hash of the new one
     * @param others what becomes of the caller's other sessions
     * @param signInId the sign-in of the browser that makes the change; null where a session does
     * @throws ApiException 400 {@code invalid.password} where somebody has changed it since the check
     */
    void replacePassword(
            Caller caller,
            UUID userId,
            @Nullable String checkedHash,
            String newHash,
            OtherSessions others,
            @Nullable UUID signInId) {
        if (!Objects.equals(checkedHash, find(caller, userId).passwordHash())) {
            throw PasswordChanges.wrongOldPassword();
        }
        setPassword(caller, userId, newHash, others, signInId);
    }

    /**
     * Gives a user who must change it another password in the place of one that was checked.
     *
     * @throws ApiException 400 {@code invalid.password} where somebody has changed it since the check
     */
    void replaceDemanded(Caller itself, UUID userId, @Nullable String checkedHash, String newHash) {
        User user = find(itself, userId);
        if (!user.mustChangePassword() || !Objects.equals(checkedHash, user.passwordHash())) {
            throw PasswordChanges.wrongOldPassword();
        }
        change(itself, user, newHash, OtherSessions.END, null);
    }

    /** Gives a user who has forgotten the password another one; all sessions of theirs end. */
    void replaceForgotten(User user, String newHash) {
        Caller itself = new Caller(user.organizationId(), "", user.id(), user.username(), Set.of(), "");
        change(itself, user, newHash, OtherSessions.END, null);
    }

    UserBody.Authorization roles(Caller caller, UUID userId) {
        return UserBody.Authorization.of(find(caller, userId));
    }

    /**
     * Gives a user these roles and no others.
     *
     * @throws ApiException 403 {@code not.authorized} where the user may do, or would be able to do, what the caller
     *     may not
     */
    UserBody.Authorization setRoles(Caller caller, UUID userId, @Nullable Collection<@Nullable UUID> roleIds) {
        organizations.lockAdministration(caller.organizationId());
        User user = find(caller, userId);
        Set<Role> given = roles.all(caller.organizationId(), Ids.ofBody("roles", roleIds), "roles");
        UserBody.Authorization before = UserBody.Authorization.of(user);
        boolean administrates = isAdministrator(user);
        user.setRoles(given);
        entities.flush();
        UserBody.Authorization after = UserBody.Authorization.of(user);
        Set<String> concerned = new HashSet<>(before.permissions());
        concerned.addAll(after.permissions());
        caller.mustHoldAll(concerned);
        if (administrates) {
            keepAnAdministrator(caller);
        }
        users.tellEntitlements(Set.of(userId));
        administered.fire(new Administered(caller, "user.roles.update", USER, userId.toString(), before, after));
        return after;
    }

    private User find(Caller caller, UUID userId) {
        return users.find(caller.organizationId(), userId).orElseThrow(ApiException::notFound);
    }

    private static boolean isAdministrator(User user) {
        return user.roles().stream()
                .anyMatch(role -> role.permissions().contains(Permission.DIRECTORY_ORGANIZATION_ADMIN.wireName()));
    }

    private void keepAnAdministrator(Caller caller) {
        roles.mustKeepAnAdministrator(caller.organizationId());
    }

    private UserBody tell(Caller caller, String action, User user, @Nullable UserBody before) {
        UserBody after = UserBody.of(user);
        administered.fire(new Administered(caller, action, USER, user.id().toString(), before, after));
        return after;
    }

    private UserBody body(User user, Expansion expansion) {
        List<?> groups = expansion.asksFor(Expansion.GROUPS) ? groupsOf(user) : null;
        return UserBody.of(user, groups, authorizationOf(user, expansion), organizationOf(user, expansion));
    }

    private List<UserBody.Named> groupsOf(User user) {
        return users.groups(user).stream().map(UserBody.Named::of).toList();
    }

    private static UserBody.@Nullable Authorization authorizationOf(User user, Expansion expansion) {
        return expansion.asksFor(Expansion.AUTHORIZATION) ? UserBody.Authorization.of(user) : null;
    }

    private UserBody.@Nullable Named organizationOf(User user, Expansion expansion) {
        return expansion.asksFor(Expansion.ORGANIZATION)
                ? UserBody.Named.of(organizations.get(user.organizationId()))
                : null;
    }
}
