package org.lapse.organizations.authenticator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.lapse.middle.LapseInJavaSE;
import org.lapse.middle.OnBothDatabases;
import org.lapse.middle.Strand;
import org.lapse.middle.Strands;
import org.lapse.organizations.directory.User;
import org.lapse.organizations.directory.UserDisabled;
import org.lapse.organizations.directory.Users;
import org.lapse.platform.api.Administered;
import org.lapse.platform.api.ApiException;
import org.lapse.platform.api.Caller;
import org.lapse.platform.api.Permission;
import org.lapse.platform.api.StrictJson;

/** What users do with their authenticators, and administrators with those of others. */
@OnBothDatabases
class AuthenticatorsTest {
    private final LapseInJavaSE lapse;
    private final Authenticators authenticators;
    private final SecondFactorPolicy factors;
    private final Enrolled somebody;
    private final Passkeys passkeys;

    AuthenticatorsTest(LapseInJavaSE lapse) {
        this.lapse = lapse;
        this.authenticators = lapse.get(Authenticators.class);
        this.factors = lapse.get(SecondFactorPolicy.class);
        this.somebody = Enrolled.somebody(lapse);
        this.passkeys = lapse.get(Passkeys.class);
    }

    private Caller signedIn(AssuranceLevel level) {
        return caller(somebody.user(), level, "openid all", now());
    }

    private static Caller caller(User user, AssuranceLevel level, String scope, Instant at) {
        return caller(user, Set.of(), "a session", level, scope, at);
    }

    private static Caller caller(
            User user, Set<String> permissions, String session, AssuranceLevel level, String scope, Instant at) {
        SignedJWT token = new SignedJWT(
                new JWSHeader(JWSAlgorithm.HS256),
                new JWTClaimsSet.Builder()
                        .claim("scope", scope)
                        .claim("sid", session)
                        .claim("acr", level.wireName())
                        .claim("auth_time", at.getEpochSecond())
                        .build());
        try {
            token.sign(new MACSigner(new byte[32]));
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
        return new Caller(
                user.organizationId(), "lapse-console", user.id(), user.username(), permissions, token.serialize());
    }

    private Caller administrator(Set<String> permissions) {
        return new Caller(
                somebody.user().organizationId(), "demo-service", null, "demo-service", permissions, "a token");
    }

    private Instant now() {
        return lapse.clock().now();
    }

    private static ApiException refusal(ThrowingCallable call) {
        return catchThrowableOfType(ApiException.class, call);
    }

    private void addPasskey(Caller caller) {
        SoftAuthenticator authenticator =
                new SoftAuthenticator(lapse.get(RelyingParty.class).origins().get(0));
        try {
            Map<String, Object> made = StrictJson.mapper()
                    .readValue(authenticator.create(authenticators.askForPasskey(caller)), new TypeReference<>() {});
            authenticators.addPasskey(caller, "Laptop", made);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private void addApp(Caller caller) {
        OneTimeCodes.Enrolment enrolment = authenticators.beginTotp(caller);
        authenticators.confirmTotp(caller, somebody.codeOf(Enrolled.decoded(enrolment.secret())));
    }

    @Test
    void whoRenamesOrDeletesAPasskeyLocksTheUserBeforeIt() throws SQLException {
        somebody.withPasskey();
        UUID passkeyId = passkeys.of(userId()).get(0).id();
        Caller me = signedIn(AssuranceLevel.AAL2);
        for (Runnable change : List.<Runnable>of(
                () -> authenticators.renamePasskey(me, passkeyId, "Renamed"),
                () -> authenticators.deletePasskey(me, passkeyId))) {
            try (Strands strands = lapse.strands()) {
                Strand user = strands.of(
                        "user",
                        () -> lapse.inTransaction(() -> lapse.get(Users.class).lock(List.of(userId()))));
                Strand changing = strands.of("changing", change);
                Strand passkey =
                        strands.of("passkey", () -> lapse.inTransaction(() -> passkeys.find(userId(), passkeyId)));
                user.goOnTo(Strand.Place.BEFORE_COMMIT);
                assertThat(changing.goOn()).isEqualTo(Strand.Place.BLOCKED);
                passkey.goOnTo(Strand.Place.END);
                user.finish();
                changing.finish();
            }
        }
        assertThat(passkeys.of(userId())).isEmpty();
    }

    private UUID userId() {
        return somebody.user().id();
    }

    @Test
    void userSetsUpAndRemovesAPasskeyAndAnApp() {
        addPasskey(signedIn(AssuranceLevel.AAL1));
        addApp(signedIn(AssuranceLevel.AAL2));
        assertThat(authenticators.replaceRecoveryCodes(signedIn(AssuranceLevel.AAL2)))
                .hasSize(10);

        AuthenticatorsBody body = authenticators.of(signedIn(AssuranceLevel.AAL2));
        assertThat(body.passkeys()).hasSize(1).first().satisfies(passkey -> assertThat(passkey.name())
                .isEqualTo("Laptop"));
        assertThat(body.totp()).isNotNull();
        assertThat(body.recoveryCodes()).isEqualTo(10);

        authenticators.deleteTotp(signedIn(AssuranceLevel.AAL2));
        authenticators.deletePasskey(
                signedIn(AssuranceLevel.AAL2), body.passkeys().get(0).id());

        AuthenticatorsBody after = authenticators.of(signedIn(AssuranceLevel.AAL1));
        assertThat(after.passkeys()).isEmpty();
        assertThat(after.totp()).isNull();
        assertThat(after.recoveryCodes()).isZero();
    }

    @Test
    void userWithASecondFactorMustHaveProvedItToChangeAnything() {
        addPasskey(signedIn(AssuranceLevel.AAL1));

        ApiException refusal = refusal(() -> authenticators.beginTotp(signedIn(AssuranceLevel.AAL1)));

        assertThat(refusal.code()).isEqualTo("insufficient_user_authentication");
        assertThat(refusal.headers().get("WWW-Authenticate"))
                .contains("acr_values=\"aal2\"")
                .contains("max_age=\"900\"");
    }

    @Test
    void signInMustBeRecent() {
        Caller longAgo = caller(somebody.user(), AssuranceLevel.AAL2, "all", now().minus(Duration.ofMinutes(15)));

        assertThat(refusal(() -> authenticators.beginTotp(longAgo)).code())
                .isEqualTo("insufficient_user_authentication");
        assertThat(authenticators.of(longAgo).passkeys()).isEmpty();
    }

    @Test
    void applicationThatMayNotDoAllAddsNoPasskey() {
        Caller stranger = caller(somebody.user(), AssuranceLevel.AAL2, "openid directory", now());

        assertThat(refusal(() -> authenticators.askForPasskey(stranger)).code()).isEqualTo("insufficient.scope");
    }

    @Test
    void recoveryCodesAloneAreNoSecondFactor() {
        assertThat(refusal(() -> authenticators.replaceRecoveryCodes(signedIn(AssuranceLevel.AAL1)))
                        .status())
                .isEqualTo(409);
    }

    @Test
    void passkeyOfAnotherUserIsNotFound() {
        somebody.withPasskey();
        UUID passkey = authenticators
                .of(signedIn(AssuranceLevel.AAL2))
                .passkeys()
                .get(0)
                .id();
        User other = Enrolled.somebody(lapse).user();

        assertThat(refusal(() ->
                                authenticators.deletePasskey(caller(other, AssuranceLevel.AAL2, "all", now()), passkey))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void administratorForgetsWhatAUserHasLost() {
        somebody.withPasskey();
        somebody.withApp();
        somebody.withRecoveryCodes();
        UUID id = somebody.user().id();

        authenticators.reset(administrator(Permission.all()), id);

        assertThat(factors.of(id)).isEqualTo(new SecondFactorPolicy.Enrolled(0, false, 0));
        assertThat(lapse.fired(Administered.class))
                .filteredOn(change -> change.entityId().equals(id.toString()))
                .extracting(Administered::action)
                .containsExactly("user.authenticators.delete");
    }

    @Test
    void nobodyResetsAUserWhoMayDoMore() {
        User admin = lapse.get(org.lapse.organizations.directory.Users.class)
                .findByUsername(somebody.user().organizationId(), "admin@demo.example")
                .orElseThrow();

        assertThat(refusal(() -> authenticators.reset(
                                administrator(Set.of(Permission.DIRECTORY_USER_EDIT.wireName())), admin.id()))
                        .code())
                .isEqualTo("not.authorized");
    }

    private Caller person(User user, AssuranceLevel level, Instant at) {
        return caller(user, Permission.all(), "a session", level, "openid directory", at);
    }

    @Test
    void nobodyResetsTheirOwn() {
        somebody.withApp();
        UUID id = somebody.user().id();

        ApiException refusal =
                refusal(() -> authenticators.reset(person(somebody.user(), AssuranceLevel.AAL2, now()), id));

        assertThat(refusal.status()).isEqualTo(409);
        assertThat(refusal.message()).contains("/api/v2/users/me/authenticators");
        assertThat(factors.of(id).totp()).isTrue();
    }

    @Test
    void personWhoResetsAnothersHasSignedInLatelyWithAllThatTheyHave() {
        somebody.withApp();
        Enrolled other = Enrolled.somebody(lapse);
        other.withApp();
        UUID id = other.user().id();
        Instant longAgo = now().minus(Duration.ofMinutes(15));

        assertThat(refusal(() -> authenticators.reset(person(somebody.user(), AssuranceLevel.AAL2, longAgo), id))
                        .code())
                .isEqualTo("insufficient_user_authentication");
        assertThat(refusal(() -> authenticators.reset(person(somebody.user(), AssuranceLevel.AAL1, now()), id))
                        .code())
                .isEqualTo("insufficient_user_authentication");
        assertThat(factors.of(id).totp()).isTrue();

        authenticators.reset(person(somebody.user(), AssuranceLevel.AAL2, now()), id);

        assertThat(factors.of(id).totp()).isFalse();
    }

    @Test
    void secretOfAnAppIsConfirmedByTheSessionThatBeganItAlone() {
        Caller began = signedIn(AssuranceLevel.AAL1);
        Caller another = caller(somebody.user(), Set.of(), "another session", AssuranceLevel.AAL1, "all", now());
        byte[] secret = Enrolled.decoded(authenticators.beginTotp(began).secret());

        assertThat(refusal(() -> authenticators.confirmTotp(another, somebody.codeOf(secret)))
                        .status())
                .isEqualTo(400);
        assertThat(authenticators.confirmTotp(began, somebody.codeOf(secret)).totp())
                .isNotNull();
    }

    @Test
    void nothingIsKeptOfAUserWhoIsDeleted() {
        somebody.withPasskey();
        UUID id = somebody.user().id();
        lapse.inTransaction(() -> lapse.fire(new UserDisabled(id)));
        assertThat(factors.of(id).passkeys()).isOne();

        lapse.inTransaction(() -> {
            lapse.entities()
                    .createQuery("update User u set u.deletedAt = :now where u.id = :id")
                    .setParameter("now", now())
                    .setParameter("id", id)
                    .executeUpdate();
            lapse.fire(new UserDisabled(id));
        });

        assertThat(factors.of(id).passkeys()).isZero();
    }
}
