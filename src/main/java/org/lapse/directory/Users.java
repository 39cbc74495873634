package org.lapse.directory;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All users, of every organization; each question names the organization that it is about. */
@Singleton
@Transactional
public class Users {
    private final EntityManager entities;

    private final Passwords passwords;

    @Inject
    Users(EntityManager entities, Passwords passwords) {
        this.entities = entities;
        this.passwords = passwords;
    }

    /** The user of that id, if it is one of that organization. */
    public Optional<User> find(UUID organizationId, UUID userId) {
        return Optional.ofNullable(entities.find(User.class, userId))
                .filter(user -> user.organizationId().equals(organizationId));
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
        return entities.createQuery(
                        "select g.name from Group g join g.members m where m = :user order by g.name", String.class)
                .setParameter("user", user)
                .getResultList();
    }

    /**
     * Whether this is the password of the user of that name. Wrong ones are counted for the name, known or not, and
     * slow the next try down; one that is right clears the count.
     */
    public PasswordCheck check(UUID organizationId, String username, String password, Instant now) {
        PasswordGuess guess = lockGuess(subjectOf(organizationId, username), now);
        Duration remaining = guess.remainingWait(now);
        if (!remaining.isZero()) {
            return new PasswordCheck.Throttled(remaining);
        }
        Optional<User> user = findByUsername(organizationId, username);
        if (user.isEmpty()) {
            passwords.matchNobody(password);
        } else if (passwords.matches(password, user.get().passwordHash())
                && user.get().isEnabled()) {
            entities.remove(guess);
            return new PasswordCheck.Right(user.get());
        }
        guess.failed(now);
        return new PasswordCheck.Wrong();
    }

    /** Guesses at one name wait for each other, so that many at once count as many. */
    private PasswordGuess lockGuess(byte[] subject, Instant now) {
        entities.createNativeQuery(
                        "insert into password_guess (subject, failures, blocked_until) values (?1, 0, ?2) on conflict do nothing")
                .setParameter(1, subject)
                .setParameter(2, now)
                .executeUpdate();
        return entities.find(PasswordGuess.class, subject, LockModeType.PESSIMISTIC_WRITE);
    }

    /** Forgets the guesses whose wait ended before that moment; returns how many names that were. */
    public int forgetGuessesBefore(Instant moment) {
        return entities.createQuery("delete from PasswordGuess g where g.blockedUntil < :moment")
                .setParameter("moment", moment)
                .executeUpdate();
    }

    private static byte[] subjectOf(UUID organizationId, String username) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest((organizationId + " " + User.normalized(username)).getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
