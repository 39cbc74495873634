package org.lapse.installation;

import static org.assertj.core.api.Assertions.assertThat;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lapse.access.oauth.TokenRequests;
import org.lapse.access.signin.SignInFixture;
import org.lapse.middle.Database;
import org.lapse.middle.LapseInJavaSE;
import org.lapse.organizations.application.Applications;
import org.lapse.organizations.application.OAuthClient;
import org.lapse.organizations.directory.PasswordCheck;
import org.lapse.organizations.directory.PasswordChecks;
import org.lapse.organizations.directory.PasswordPlace;
import org.lapse.organizations.directory.Users;
import org.lapse.platform.api.Permission;
import org.lapse.rules.timeout.InactivityTimeout;
import org.lapse.sessions.ledger.TokenDigest;
import org.lapse.sessions.session.Access;
import org.lapse.sessions.session.Admission;
import org.lapse.sessions.session.InactivityTimeouts;
import org.lapse.sessions.session.LedgerProjection;
import org.lapse.sessions.session.SessionPrincipal;

/** An installation from before trust, consent and scopes is upgraded with people at work, and they go on working. */
class UpgradeTest {
    /** The last migration before trust, consent and scopes; a database of 19 is the same. */
    private static final String BEFORE = "16";

    private static final UUID ORGANIZATION = new UUID(1, 1);
    private static final UUID ROLE = new UUID(1, 2);
    private static final UUID ANN = new UUID(1, 3);
    private static final UUID BOB = new UUID(1, 4);
    private static final UUID CREW = new UUID(1, 5);
    private static final UUID BUNDLE = new UUID(1, 6);
    private static final UUID SIGN_IN = new UUID(1, 7);
    private static final UUID SIGN_IN_OF_BOB = new UUID(1, 8);
    private static final UUID AT_THE_DESK = new UUID(2, 1);

    /** Of {@code a password}, as cheap as a hash can be. */
    private static final String HASH = Password.hash("a password")
            .addRandomSalt(16)
            .with(Argon2Function.getInstance(8, 1, 1, 32, Argon2.ID))
            .getResult();

    private final Map<String, UUID> sessions = Map.of(
            "desk", AT_THE_DESK,
            "console", new UUID(2, 2),
            "service", new UUID(2, 3),
            "locked", new UUID(2, 4),
            "ended", new UUID(2, 5));

    @ParameterizedTest
    @EnumSource
    void peopleGoOnWorking(Database kind) throws SQLException {
        try (LapseInJavaSE lapse = LapseInJavaSE.upgrade(kind, BEFORE, this::rows, Map.of("lapse.demo", "false"))) {
            Admission admission = lapse.get(Admission.class);

            SessionPrincipal ann = principal(admission, "desk");
            assertThat(ann.userId()).isEqualTo(ANN);
            assertThat(ann.scope()).isEqualTo("openid");
            assertThat(ann.permissions()).isEmpty();
            assertThat(principal(admission, "console").permissions())
                    .contains(Permission.DIRECTORY_ORGANIZATION_ADMIN.wireName());
            assertThat(principal(admission, "service").permissions())
                    .contains(Permission.DIRECTORY_ORGANIZATION_ADMIN.wireName());
            assertThat(admission.access("token of locked")).isInstanceOf(Access.Locked.class);
            assertThat(admission.find("token of ended")).isEmpty();

            TokenRequests desk = TokenRequests.of(lapse, "desk");
            TokenRequests.Given next = desk.refresh("a refresh token");
            assertThat(next.sessionId()).isEqualTo(AT_THE_DESK);
            assertThat(admission.find(next.accessToken())).isPresent();
            lapse.get(LedgerProjection.class).catchUp(lapse.clock().now());
            assertThat(admission.find(next.accessToken())).isPresent();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatAdministratorsChoseHolds(Database kind) throws SQLException {
        try (LapseInJavaSE lapse = LapseInJavaSE.upgrade(kind, BEFORE, this::rows, Map.of("lapse.demo", "false"))) {
            assertThat(client(lapse, "lapse-console").isTrusted()).isTrue();
            assertThat(client(lapse, "desk").isTrusted()).isFalse();
            assertThat(lapse.get(InactivityTimeouts.class)
                            .decisionFor(ORGANIZATION, Set.of(CREW))
                            .timeout()
                            .map(InactivityTimeout::duration))
                    .contains(Duration.ofMinutes(15));
            assertThat(lapse.get(InactivityTimeouts.class)
                            .decisionFor(ORGANIZATION, "service", Set.of())
                            .timeout()
                            .map(InactivityTimeout::duration))
                    .contains(Duration.ofMinutes(10));

            PasswordCheck check = lapse.get(PasswordChecks.class)
                    .check(
                            ORGANIZATION,
                            "ann@one.example",
                            PasswordPlace.stranger(),
                            "a password",
                            Function.identity());
            assertThat(check).isInstanceOf(PasswordCheck.Right.class);
            TokenRequests desk = TokenRequests.of(lapse, "desk");
            TokenRequests.Given given = desk.redeem(desk.code(SignInFixture.persisted(
                    lapse,
                    lapse.get(Users.class)
                            .findByUsername(ORGANIZATION, "ann@one.example")
                            .orElseThrow())));
            assertThat(lapse.get(Admission.class).find(given.accessToken())).isPresent();
        }
    }

    @ParameterizedTest
    @EnumSource
    void recordsOfBeforeSayWhomTheyConcern(Database kind) throws SQLException {
        try (LapseInJavaSE lapse = LapseInJavaSE.upgrade(kind, BEFORE, this::rows, Map.of("lapse.demo", "false"))) {
            List<?> concerned = lapse.inTransaction(() -> lapse.get(EntityManager.class)
                    .createNativeQuery("select coalesce(cast(concerned_user_id as varchar), '-') || ' '"
                            + " || coalesce(concerned_application_id, '-') || ' '"
                            + " || coalesce(cast(concerned_session_id as varchar), '-') from audit_record order by id")
                    .getResultList());

            assertThat(concerned)
                    .map(String::valueOf)
                    .containsExactly(
                            ANN + " desk " + AT_THE_DESK,
                            BOB + " desk " + sessions.get("ended"),
                            "- - -",
                            "- - -",
                            BOB + " - -");
        }
    }

    private static SessionPrincipal principal(Admission admission, String session) {
        return admission.find("token of " + session).orElseThrow().principal();
    }

    private static OAuthClient client(LapseInJavaSE lapse, String id) {
        return lapse.inTransaction(
                () -> lapse.get(Applications.class).readClient(id).orElseThrow().value());
    }

    private void rows(Connection database) {
        try {
            directory(database);
            applications(database);
            signIns(database);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void directory(Connection to) throws SQLException {
        run(to, "insert into organization values (?, 'One', 'one.example', current_timestamp)", ORGANIZATION);
        run(
                to,
                "insert into organization_settings (organization_id, timeout_enabled, timeout_seconds, timeout_unit,"
                        + " hipaa, version, groups_enabled, modified_at)"
                        + " values (?, false, 1800, 'MINUTES', false, 3, true, current_timestamp)",
                ORGANIZATION);
        run(
                to,
                "insert into role (id, organization_id, name, version) values (?, ?, 'Administrator', 1)",
                ROLE,
                ORGANIZATION);
        for (Permission permission : Permission.values()) {
            run(to, "insert into role_permission (role_id, permission) values (?, ?)", ROLE, permission.wireName());
        }
        for (Map.Entry<UUID, String> user : Map.of(ANN, "ann", BOB, "bob").entrySet()) {
            run(
                    to,
                    "insert into user_account (id, organization_id, username, name, password_hash, enabled, created_at,"
                            + " version) values (?, ?, ?, ?, ?, true, current_timestamp, 0)",
                    user.getKey(),
                    ORGANIZATION,
                    user.getValue() + "@one.example",
                    user.getValue(),
                    HASH);
        }
        run(to, "insert into user_role (user_id, role_id) values (?, ?)", ANN, ROLE);
        run(
                to,
                "insert into user_group (id, organization_id, name, version) values (?, ?, 'Crew', 1)",
                CREW,
                ORGANIZATION);
        run(to, "insert into group_member (group_id, user_id) values (?, ?)", CREW, BOB);
        run(to, "insert into group_timeout values (?, ?, 1, 900, 'MINUTES')", BUNDLE, ORGANIZATION);
        run(to, "insert into group_timeout_group values (?, ?)", BUNDLE, CREW);
        run(
                to,
                "insert into authentication_settings (organization_id, inactivity_timeout_exclusions,"
                        + " ip_address_allowlist, domain_allowlist_enabled, domain_allowlist, minimum_length,"
                        + " minimum_digits, minimum_letters, minimum_upper, minimum_lower, minimum_specials, version)"
                        + " values (?, '', '', false, '', 8, 0, 0, 0, 0, 0, 1)",
                ORGANIZATION);
        run(
                to,
                "insert into user_presence values (?, ?, 'AVAILABLE', null, current_timestamp, 'OFF_QUEUE',"
                        + " current_timestamp)",
                ANN,
                ORGANIZATION);
    }

    private static void applications(Connection to) throws SQLException {
        application(to, "desk", "CODE", null);
        application(to, "lapse-console", "CODE", null);
        application(
                to, "service", "CLIENT_CREDENTIALS", TokenDigest.of("a secret").bytes());
        run(to, "insert into application_redirect_uri values ('desk', 'https://desk.example/callback')");
        run(to, "insert into application_redirect_uri values ('lapse-console', 'https://lapse.example/admin/')");
        run(to, "insert into application_role values ('service', ?)", ROLE);
        run(to, "insert into application_option values ('service', 'security', 'inactivity-timeout', '10')");
    }

    private static void application(Connection to, String id, String grantType, byte @Nullable [] secret)
            throws SQLException {
        run(
                to,
                "insert into application (id, organization_id, name, state, authorized_grant_type, secret_digest,"
                        + " secret_required, token_validity_seconds, created_at, modified_at, version)"
                        + " values (?, ?, ?, 'ACTIVE', ?, ?, ?, 86400, current_timestamp, current_timestamp, 0)",
                id,
                ORGANIZATION,
                id,
                grantType,
                secret == null ? TokenDigest.of("none").bytes() : secret,
                secret != null);
    }

    private void signIns(Connection to) throws SQLException {
        for (Map.Entry<UUID, UUID> signIn :
                Map.of(SIGN_IN, ANN, SIGN_IN_OF_BOB, BOB).entrySet()) {
            run(
                    to,
                    "insert into sign_in (id, organization_id, user_id, cookie_digest, authenticated_at, expires_at)"
                            + " values (?, ?, ?, ?, current_timestamp, current_timestamp + interval '12' hour)",
                    signIn.getKey(),
                    ORGANIZATION,
                    signIn.getValue(),
                    TokenDigest.of("cookie of " + signIn.getValue()).bytes());
        }
        session(to, "desk", "desk", ANN, SIGN_IN, "openid", "ACTIVE");
        session(to, "console", "lapse-console", ANN, SIGN_IN, "openid", "ACTIVE");
        session(to, "service", "service", null, null, "", "ACTIVE");
        session(to, "locked", "desk", BOB, SIGN_IN_OF_BOB, "openid", "LOCKED");
        session(to, "ended", "desk", BOB, SIGN_IN_OF_BOB, "openid", "ENDED");
        run(
                to,
                "insert into refresh_token (digest, session_id, authenticated_at, issued_at, expires_at)"
                        + " values (?, ?, current_timestamp, current_timestamp,"
                        + " current_timestamp + interval '12' hour)",
                TokenDigest.of("a refresh token").bytes(),
                AT_THE_DESK);
        run(
                to,
                "insert into hold (id, organization_id, user_id, session_id, reason, opened_at, until)"
                        + " values (?, ?, null, ?, 'after-call work', current_timestamp,"
                        + " current_timestamp + interval '1' hour)",
                new UUID(3, 1),
                ORGANIZATION,
                AT_THE_DESK);
        record(to, 2, "user", ANN, "session.open", "session", AT_THE_DESK.toString());
        record(to, 3, "policy", null, "session.end", "session", String.valueOf(sessions.get("ended")));
        record(to, 4, "policy", null, "session.end", "session", new UUID(2, 6).toString());
        record(to, 5, "unknown", null, "signin.refuse", "user", "unknown");
        record(to, 6, "user", ANN, "user.update", "user", BOB.toString());
    }

    private static void record(
            Connection to,
            int number,
            String actorType,
            @Nullable UUID actor,
            String action,
            String entityType,
            String entityId)
            throws SQLException {
        run(
                to,
                "insert into audit_record (id, organization_id, recorded_at, actor_type, actor_id, action, entity_type,"
                        + " entity_id) values (?, ?, current_timestamp, ?, cast(? as varchar), ?, ?, ?)",
                new UUID(3, number),
                ORGANIZATION,
                actorType,
                actor == null ? null : actor.toString(),
                action,
                entityType,
                entityId);
    }

    private void session(
            Connection to,
            String name,
            String application,
            @Nullable UUID user,
            @Nullable UUID signIn,
            String scope,
            String state)
            throws SQLException {
        boolean ended = state.equals("ENDED");
        run(
                to,
                "insert into session (id, organization_id, application_id, user_id, sign_in_id, scope, token_digest,"
                        + " state, end_reason, opened_at, last_activity_at, token_expires_at, expires_at, locked_at,"
                        + " ended_at, refused_unlocks, version) values (?, ?, ?, cast(? as uuid), cast(? as uuid), ?, ?,"
                        + " ?, " + (ended ? "'SIGNED_OUT'" : "null")
                        + ", current_timestamp, current_timestamp, current_timestamp + interval '12' hour,"
                        + " current_timestamp + interval '12' hour, "
                        + (state.equals("LOCKED") ? "current_timestamp" : "null") + ", "
                        + (ended ? "current_timestamp" : "null") + ", 0, nextval('change_number'))",
                sessions.get(name),
                ORGANIZATION,
                application,
                user == null ? null : user.toString(),
                signIn == null ? null : signIn.toString(),
                scope,
                TokenDigest.of("token of " + name).bytes(),
                state);
    }

    private static void run(Connection database, String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = database.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }
}
