package org.lapse.organizations.authenticator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import jakarta.ws.rs.core.SecurityContext;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.lapse.middle.LapseInJavaSE;
import org.lapse.middle.OnBothDatabases;
import org.lapse.organizations.directory.PasswordBody;
import org.lapse.organizations.directory.User;
import org.lapse.organizations.directory.UserChange;
import org.lapse.organizations.directory.Users;
import org.lapse.organizations.directory.UsersResource;
import org.lapse.platform.api.ApiException;
import org.lapse.platform.api.Caller;
import org.lapse.platform.api.Permission;

/** Users change what they themselves sign in by once they have signed in lately, with all that they have. */
@OnBothDatabases
class RecentAuthenticationTest {
    private static final Duration TOO_LONG = Duration.ofMinutes(16);
    private static final String NEW_PASSWORD = "a quiet green door";

    private final LapseInJavaSE lapse;
    private final UsersResource resource;
    private final Enrolled somebody;
    private final UUID userId;

    RecentAuthenticationTest(LapseInJavaSE lapse) {
        this.lapse = lapse;
        this.resource = lapse.get(UsersResource.class);
        this.somebody = Enrolled.somebody(lapse);
        this.userId = somebody.user().id();
    }

    private SecurityContext signedIn(AssuranceLevel level, Duration ago) {
        SignedJWT token = new SignedJWT(
                new JWSHeader(JWSAlgorithm.HS256),
                new JWTClaimsSet.Builder()
                        .claim("scope", "openid directory")
                        .claim("acr", level.wireName())
                        .claim("auth_time", lapse.clock().now().minus(ago).getEpochSecond())
                        .build());
        try {
            token.sign(new MACSigner(new byte[32]));
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
        User user = somebody.user();
        Caller caller = new Caller(
                user.organizationId(),
                "lapse-console",
                user.id(),
                user.username(),
                Permission.all(),
                token.serialize());
        return (SecurityContext) Proxy.newProxyInstance(
                SecurityContext.class.getClassLoader(),
                new Class<?>[] {SecurityContext.class},
                (proxy, method, arguments) -> method.getName().equals("getUserPrincipal") ? caller : null);
    }

    private SecurityContext longAgo() {
        return signedIn(AssuranceLevel.AAL1, TOO_LONG);
    }

    private SecurityContext lately() {
        return signedIn(AssuranceLevel.AAL1, Duration.ofMinutes(1));
    }

    private void change(SecurityContext by, UserChange change) {
        lapse.inRequest(() -> resource.change(userId, change, by));
    }

    private UserChange address(String email) {
        return new UserChange(null, email, null, null, current().version());
    }

    private User current() {
        return lapse.get(Users.class)
                .find(somebody.user().organizationId(), userId)
                .orElseThrow();
    }

    private static void assertHasToSignIn(Runnable call) {
        ApiException refusal = catchThrowableOfType(ApiException.class, call::run);
        assertThat(refusal.status()).isEqualTo(401);
        assertThat(refusal.code()).isEqualTo("insufficient_user_authentication");
    }

    @Test
    void ownAddressIsChangedAfterARecentSignInAlone() {
        String before = current().username();
        String email = UUID.randomUUID() + "@demo.example";
        assertHasToSignIn(() -> change(longAgo(), address(email)));
        assertThat(current().username()).isEqualTo(before);

        change(lately(), address(email));

        assertThat(current().username()).isEqualTo(email);
    }

    @Test
    void whoHasASecondFactorHasProvedItToChangeTheirAddress() {
        somebody.withPasskey();
        String email = UUID.randomUUID() + "@demo.example";
        assertHasToSignIn(() -> change(lately(), address(email)));

        change(signedIn(AssuranceLevel.AAL2, Duration.ofMinutes(1)), address(email));

        assertThat(current().username()).isEqualTo(email);
    }

    @Test
    void whatNobodySignsInByIsChangedAsEver() {
        change(
                longAgo(),
                new UserChange(
                        "Renamed", current().username(), null, null, current().version()));

        assertThat(current().name()).isEqualTo("Renamed");
    }

    @Test
    void ownPasswordIsSetWithoutThePresentOneAfterARecentSignInAlone() {
        PasswordBody body = new PasswordBody(NEW_PASSWORD, false);
        assertHasToSignIn(() -> lapse.inRequest(() -> resource.setPassword(userId, body, longAgo())));

        lapse.inRequest(() -> resource.setPassword(userId, body, lately()));
    }

    @Test
    void ownPasswordIsChangedWithThePresentOneHoweverLongAgoTheSignInWas() {
        PasswordBody.Mine body = new PasswordBody.Mine(Enrolled.PASSWORD, NEW_PASSWORD, false);

        lapse.inRequest(() -> resource.changePassword(body, longAgo()));
    }

    @Test
    void passwordOfAnotherIsSetAfterARecentSignInAlone() {
        UUID another = Enrolled.somebody(lapse).user().id();
        PasswordBody body = new PasswordBody(NEW_PASSWORD, null);
        assertHasToSignIn(() -> lapse.inRequest(() -> resource.setPassword(another, body, longAgo())));

        lapse.inRequest(() -> resource.setPassword(another, body, lately()));
    }

    @Test
    void linkForAPasswordOfAnotherIsMadeAfterARecentSignInAlone() {
        UUID another = Enrolled.somebody(lapse).user().id();
        assertHasToSignIn(() -> lapse.inRequest(() -> resource.makePasswordLink(another, longAgo())));

        lapse.inRequest(() -> resource.makePasswordLink(another, lately()));
    }

    @Test
    void whoHasASecondFactorHasProvedItToReachThePasswordOfAnother() {
        somebody.withPasskey();
        UUID another = Enrolled.somebody(lapse).user().id();
        assertHasToSignIn(() -> lapse.inRequest(() -> resource.makePasswordLink(another, lately())));

        lapse.inRequest(() -> resource.makePasswordLink(another, signedIn(AssuranceLevel.AAL2, Duration.ofMinutes(1))));
    }
}
