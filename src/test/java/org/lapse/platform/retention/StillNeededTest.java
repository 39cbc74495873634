package org.lapse.platform.retention;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.util.TypeLiteral;
import jakarta.persistence.Query;
import jakarta.persistence.Table;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lapse.middle.LapseInJavaSE;
import org.lapse.middle.OnBothDatabases;

/** What is referred to is kept until nothing refers to it any more. */
@OnBothDatabases
class StillNeededTest {
    private static final Duration LONG = Duration.ofDays(400);

    /** What refers to what, where the database does not delete the one with the other. */
    private static final String REFERENCES = """
            select lower(target.table_name), lower(origin.table_name), lower(origin.column_name)
            from information_schema.referential_constraints c
            join information_schema.key_column_usage origin on origin.constraint_name = c.constraint_name
            join information_schema.table_constraints target on target.constraint_name = c.unique_constraint_name
            where c.delete_rule <> 'CASCADE'
            """;

    private final LapseInJavaSE lapse;
    private final Instant now;
    private final UUID signIn = UUID.randomUUID();
    private final UUID session = UUID.randomUUID();

    StillNeededTest(LapseInJavaSE lapse) {
        this.lapse = lapse;
        this.now = lapse.clock().now();
    }

    /** A session with its sign-in, both over long ago. */
    @BeforeEach
    void openAndEnd() {
        change(
                "insert into sign_in (id, organization_id, user_id, cookie_digest, authenticated_at,"
                        + " expires_at, ended_at) select ?1, u.organization_id, u.id, ?2, ?3, ?3, ?3"
                        + " from user_account u where u.username = 'alice@demo.example'",
                signIn,
                unique(),
                now.minus(LONG));
        change(
                "insert into session (id, organization_id, application_id, user_id, sign_in_id, scope, state,"
                        + " end_reason, opened_at, last_activity_at, token_expires_at, expires_at, ended_at, refused_unlocks)"
                        + " select ?1, i.organization_id, 'demo-desk', i.user_id, i.id, '', 'ENDED', 'EXPIRED',"
                        + " ?2, ?2, ?2, ?2, ?2, 0 from sign_in i where i.id = ?3",
                session,
                now.minus(LONG),
                signIn);
    }

    @Test
    void aSessionThatNothingRefersToIsForgottenAndThenItsSignIn() {
        forget("SignIn");
        assertThat(isThere("sign_in", signIn)).isTrue();

        forget("Session");
        assertThat(isThere("session", session)).isFalse();

        forget("SignIn");
        assertThat(isThere("sign_in", signIn)).isFalse();
    }

    @Test
    void aSessionIsKeptForItsRefreshTokens() {
        change(
                "insert into refresh_token (digest, session_id, authenticated_at, issued_at, expires_at)"
                        + " values (?1, ?2, ?3, ?3, ?4)",
                unique(),
                session,
                now.minus(LONG),
                now);

        forget("Session");

        assertThat(isThere("session", session)).isTrue();
    }

    @Test
    void aSessionIsKeptForItsHolds() {
        change(
                "insert into hold (id, organization_id, user_id, session_id, reason, opened_at, until)"
                        + " select ?1, s.organization_id, s.user_id, s.id, 'a call', ?2, ?3"
                        + " from session s where s.id = ?4",
                UUID.randomUUID(),
                now.minus(LONG),
                now,
                session);

        forget("Session");

        assertThat(isThere("session", session)).isTrue();
    }

    @Test
    void aSignInIsKeptForItsCodes() {
        change(
                "insert into authorization_code (digest, application_id, user_id, sign_in_id, redirect_uri,"
                        + " code_challenge, scope, authenticated_at, expires_at)"
                        + " select ?1, 'demo-desk', i.user_id, i.id, 'https://desk.example/', 'challenge', '', ?2, ?3 from sign_in i where i.id = ?4",
                unique(),
                now.minus(LONG),
                now,
                signIn);
        forget("Session");

        forget("SignIn");

        assertThat(isThere("sign_in", signIn)).isTrue();
    }

    /** Otherwise the database would refuse to forget anything of a portion, again and again. */
    @Test
    void whateverRefersToWhatIsForgottenSaysSo() {
        List<String> said = all(new TypeLiteral<Instance<StillNeeded>>() {})
                .map(need -> described(table(need.entity()), table(need.by()), column(need.reference())))
                .toList();
        List<String> forgotten = all(new TypeLiteral<Instance<Retention>>() {})
                .map(retention -> table(retention.entity()))
                .toList();

        assertThat(references().filter(one -> forgotten.contains(one[0])))
                .isNotEmpty()
                .allSatisfy(
                        one -> assertThat(said).contains(described((String) one[0], (String) one[1], (String) one[2])));
    }

    private Stream<Object[]> references() {
        return lapse.inTransaction(() -> {
            List<?> rows = lapse.entities().createNativeQuery(REFERENCES).getResultList();
            return rows.stream().map(Object[].class::cast);
        });
    }

    private static String described(String target, String origin, String column) {
        return origin + '.' + column + " -> " + target;
    }

    private static String table(Class<?> entity) {
        Table named = entity.getAnnotation(Table.class);
        return named == null ? column(entity.getSimpleName()) : named.name();
    }

    /** A name as Hibernate writes it in SQL. */
    private static String column(String name) {
        return name.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }

    private <T> Stream<T> all(TypeLiteral<Instance<T>> type) {
        return lapse.get(type).stream();
    }

    private void forget(String entity) {
        Retention retention = all(new TypeLiteral<Instance<Retention>>() {})
                .filter(one -> one.entity().getSimpleName().equals(entity))
                .findFirst()
                .orElseThrow();
        Forgetting forgetting = lapse.get(Forgetting.class);
        Portions.forgetAll(portion -> forgetting.forgetSome(retention, portion, now), () -> {});
    }

    private boolean isThere(String table, UUID id) {
        return lapse.inTransaction(() -> !query("select 1 from " + table + " where id = ?1", id)
                .getResultList()
                .isEmpty());
    }

    private void change(String sql, Object... values) {
        lapse.inTransaction(() -> assertThat(query(sql, values).executeUpdate()).isOne());
    }

    private Query query(String sql, Object... values) {
        Query query = lapse.entities().createNativeQuery(sql);
        for (int i = 0; i < values.length; i++) {
            query.setParameter(i + 1, values[i]);
        }
        return query;
    }

    private static byte[] unique() {
        UUID id = UUID.randomUUID();
        return ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }
}
