package org.lapse.access.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.lapse.middle.LapseInJavaSE;
import org.lapse.middle.OnTwoNodes;
import org.lapse.middle.TwoNodes;
import org.lapse.organizations.application.ApplicationChange;
import org.lapse.organizations.application.Applications;
import org.lapse.organizations.application.BrowserOrigins;
import org.lapse.organizations.application.ClientSecret;
import org.lapse.organizations.application.Registered;
import org.lapse.organizations.directory.Organizations;
import org.lapse.organizations.settings.ExclusionsInForce;
import org.lapse.organizations.settings.RestrictionsInForce;
import org.lapse.platform.api.Caller;
import org.lapse.platform.api.Permission;
import org.lapse.rules.excludedapi.ApiCall;

/** What one node has in memory of keys, clients and settings follows what the other one changes. */
@OnTwoNodes
class KeysAndClientsOfTheOtherNodeTest {
    private static final JWTClaimsSet CLAIMS =
            new JWTClaimsSet.Builder().subject("desk").build();
    private static final Duration ROTATION = Duration.ofDays(90);

    private final TwoNodes nodes;
    private final LapseInJavaSE a;
    private final LapseInJavaSE b;
    private final UUID organizationId;

    KeysAndClientsOfTheOtherNodeTest(TwoNodes nodes) {
        this.nodes = nodes;
        this.a = nodes.a();
        this.b = nodes.b();
        this.organizationId =
                a.get(Organizations.class).findByDomain("demo").orElseThrow().id();
    }

    @Test
    void nodesThatNeedAKeyAtTheSameMomentMakeOne() {
        sign(a);
        nodes.catchUp();
        nodes.putForward(ROTATION);

        CompletableFuture.allOf(Stream.of(a, b)
                        .map(node -> CompletableFuture.runAsync(() ->
                                node.get(SigningKeys.class).prepare(node.clock().now())))
                        .toArray(CompletableFuture<?>[]::new))
                .join();
        nodes.catchUp();

        assertThat(kid(sign(a))).isEqualTo(kid(sign(b)));
        long living = a.inTransaction(() -> a.get(SigningKeyRows.class).all().stream()
                .filter(key -> key.retiredAt() == null)
                .count());
        assertThat(living).isOne();
    }

    @Test
    void keyThatOneNodeHasJustMadeIsKnownToTheOtherWithItsFirstToken() {
        assertThat(hasSigned(b, sign(a))).isTrue();
        nodes.putForward(Duration.ofSeconds(1));

        rotate(a);

        assertThat(hasSigned(b, sign(a))).isTrue();
    }

    @Test
    void nodeSignsWithTheKeyOfTheOtherOnceItHasCaughtUp() {
        sign(b);
        rotate(a);

        nodes.catchUp();

        assertThat(kid(sign(b))).isEqualTo(kid(sign(a)));
    }

    @Test
    void secretThatIsReplacedOnOneNodeIsVoidOnTheOther() {
        Registered.WithSecret client = Registered.serviceClient(a, administrator());
        assertThat(hasSecret(b, client)).isTrue();

        Registered.replaceSecret(a, administrator(), client.id());
        assertThat(hasSecret(b, client)).isTrue();
        nodes.catchUp();

        assertThat(hasSecret(b, client)).isFalse();
    }

    @Test
    void originOfAnApplicationThatIsDisabledOnOneNodeIsNoneOnTheOther() {
        String host = UUID.randomUUID().toString();
        String name = Registered.confidentialClient(a, administrator(), "https://" + host + "/back")
                .id();
        nodes.catchUp();
        assertThat(b.get(BrowserOrigins.class).contains("https://" + host)).isTrue();

        a.get(Applications.class)
                .change(administrator(), name, new ApplicationChange(null, null, "disabled", null, null, null));
        nodes.catchUp();

        assertThat(b.get(BrowserOrigins.class).contains("https://" + host)).isFalse();
        assertThat(b.get(Clients.class).find(name).orElseThrow().isActive()).isFalse();
    }

    @Test
    void exclusionsAndRestrictionsOfOneNodeHoldOnTheOther() {
        UUID two = a.get(Organizations.class)
                .findByDomain("demo-two")
                .orElseThrow()
                .id();
        ApiCall poll = new ApiCall("GET", "/poll");
        assertThat(b.get(ExclusionsInForce.class).of(two).get().contains(poll)).isFalse();
        assertThat(b.get(RestrictionsInForce.class).of(two).get().permitAll()).isTrue();

        a.inTransaction(() -> {
            a.entities()
                    .createNativeQuery(
                            "insert into authentication_settings values (:id, 'GET poll', '10.0.0.0/8', false,"
                                    + " '', 0, 0, 0, 0, 0, 0, 0, nextval('change_number'), false, '')")
                    .setParameter("id", two)
                    .executeUpdate();
        });
        nodes.catchUp();

        assertThat(b.get(ExclusionsInForce.class).of(two).get().contains(poll)).isTrue();
        assertThat(b.get(RestrictionsInForce.class).of(two).get().refusal("192.0.2.1", null))
                .isPresent();
    }

    private static boolean hasSecret(LapseInJavaSE node, Registered.WithSecret client) {
        return node.get(Clients.class)
                .find(client.id())
                .orElseThrow()
                .application()
                .hasSecret(new ClientSecret(client.secret()));
    }

    private static void rotate(LapseInJavaSE node) {
        node.inTransaction(() -> node.get(SigningKeys.class).rotate(node.clock().now()));
    }

    private static String sign(LapseInJavaSE node) {
        return node.get(SigningKeys.class)
                .sign(JOSEObjectType.JWT, CLAIMS, node.clock().now());
    }

    private static boolean hasSigned(LapseInJavaSE node, String token) {
        return node.get(SigningKeys.class).hasSigned(parsed(token), node.clock().now());
    }

    private static String kid(String token) {
        return parsed(token).getHeader().getKeyID();
    }

    private static SignedJWT parsed(String token) {
        try {
            return SignedJWT.parse(token);
        } catch (ParseException e) {
            throw new AssertionError("What was signed is a JWT", e);
        }
    }

    private Caller administrator() {
        return new Caller(organizationId, "administration", null, "administration", Permission.all(), "a token");
    }
}
