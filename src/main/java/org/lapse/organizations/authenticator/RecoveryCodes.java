package org.lapse.organizations.authenticator;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The recovery codes of all users: ten at a time, each good once. A code has 120 random bits, so that its plain digest
 * is as good as a slow one.
 */
@Singleton
@Transactional(TxType.MANDATORY)
class RecoveryCodes {
    /** How many a user gets at a time. */
    static final int COUNT = 10;

    private static final int BYTES = 15;
    private static final int GROUP = 4;
    private static final Pattern FORM = Pattern.compile("[A-Z2-7]{24}");
    private static final SecureRandom RANDOM = new SecureRandom();

    private final EntityManager entities;

    @Inject
    RecoveryCodes(EntityManager entities) {
        this.entities = entities;
    }

    /** New codes in the place of all that the user had; shown this once. */
    List<String> replace(UUID userId, Instant now) {
        deleteOf(userId);
        List<String> codes =
                Stream.generate(RecoveryCodes::newCode).limit(COUNT).toList();
        codes.forEach(code -> entities.persist(new RecoveryCode(digest(normalized(code)), userId, now)));
        return codes;
    }

    /** Uses a code up; of all who try, at once or later, one succeeds. */
    boolean use(UUID userId, String typed, Instant now) {
        return entities.createQuery("update RecoveryCode c set c.usedAt = :now"
                                + " where c.digest = :digest and c.userId = :user and c.usedAt is null")
                        .setParameter("now", now)
                        .setParameter("digest", digest(normalized(typed)))
                        .setParameter("user", userId)
                        .executeUpdate()
                == 1;
    }

    /** How many codes the user has not used yet. */
    int remaining(UUID userId) {
        return entities.createQuery(
                        "select count(c) from RecoveryCode c where c.userId = :user and c.usedAt is null", Long.class)
                .setParameter("user", userId)
                .getSingleResult()
                .intValue();
    }

    void deleteOf(UUID userId) {
        entities.createQuery("delete from RecoveryCode c where c.userId = :user")
                .setParameter("user", userId)
                .executeUpdate();
    }

    /** Whether what somebody typed can be one. */
    static boolean hasForm(String typed) {
        return FORM.matcher(normalized(typed)).matches();
    }

    /** What people typed, without what only helps to read. */
    private static String normalized(String typed) {
        return typed.replaceAll("[\\s-]", "").toUpperCase(Locale.ROOT);
    }

    private static String newCode() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return Base32.encode(bytes).replaceAll("(.{" + GROUP + "})(?=.)", "$1-");
    }

    private static byte[] digest(String code) {
        return Digests.of(code.getBytes(StandardCharsets.UTF_8));
    }
}
