package org.lapse.access.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.token.Tokens;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.lapse.middle.LapseInJavaSE;
import org.lapse.middle.OnBothDatabases;
import org.lapse.organizations.directory.Group;
import org.lapse.organizations.directory.Organizations;
import org.lapse.organizations.directory.Role;
import org.lapse.organizations.directory.User;

/** What services that map the claim {@code groups} to roles, as MicroProfile JWT does, take a token's holder for. */
@OnBothDatabases
class RolesInTokensTest {
    private static final String ADMINISTRATOR = "Administrator";

    private final LapseInJavaSE lapse;
    private final UUID organizationId;
    private final BrowserApplication desk;
    private final String username = UUID.randomUUID() + "@demo.example";

    RolesInTokensTest(LapseInJavaSE lapse) {
        this.lapse = lapse;
        this.organizationId = lapse.get(Organizations.class)
                .findByDomain("demo")
                .orElseThrow()
                .id();
        this.desk = BrowserApplication.in(lapse, Duration.ofHours(1));
    }

    @Test
    void groupIsNotTakenForTheRoleOfItsName() {
        make(Set.of(ADMINISTRATOR), Set.of());

        JWTClaimsSet claims = claimsOf(desk.signIn(username, "openid all"));

        assertThat(claims.getClaim("groups")).isEqualTo(List.of());
        assertThat(claims.getClaim("user_groups")).isEqualTo(List.of(ADMINISTRATOR));
    }

    @Test
    void rolesStandWhereMicroProfileFindsThem() {
        Role permitting = role("audits:audit:view");
        Role ofServices = role();
        make(Set.of(), Set.of(permitting, ofServices));

        assertThat(rolesFor("openid all")).containsExactlyInAnyOrder(permitting.name(), ofServices.name());
        assertThat(rolesFor("audits")).containsExactlyInAnyOrder(permitting.name(), ofServices.name());
    }

    @Test
    void roleThatTheScopeDoesNotReachIsNotInTheToken() {
        Role administrator = role("audits:audit:view", "directory:organization:admin");
        make(Set.of(), Set.of(administrator));

        assertThat(rolesFor("openid")).isEmpty();
        assertThat(rolesFor("audits")).isEmpty();
        assertThat(rolesFor("audits directory")).containsExactly(administrator.name());
    }

    @SuppressWarnings("unchecked")
    private List<String> rolesFor(String scope) {
        return (List<String>) claimsOf(desk.signIn(username, scope)).getClaim("groups");
    }

    private void make(Set<String> groups, Set<Role> roles) {
        lapse.inTransaction(() -> {
            User user = new User(
                    organizationId,
                    username,
                    "Somebody",
                    lapse.hashOf("demo-Passw0rd!"),
                    lapse.clock().now());
            roles.forEach(role -> user.grant(lapse.entities().merge(role)));
            lapse.entities().persist(user);
            groups.forEach(name -> {
                Group group = new Group(organizationId, name, lapse.clock().now());
                group.add(user);
                lapse.entities().persist(group);
            });
        });
    }

    private Role role(String... permissions) {
        Role role = new Role(organizationId, "Role " + UUID.randomUUID(), Set.of(permissions));
        lapse.inTransaction(() -> lapse.entities().persist(role));
        return role;
    }

    private static JWTClaimsSet claimsOf(Tokens tokens) {
        try {
            return SignedJWT.parse(tokens.getAccessToken().getValue()).getJWTClaimsSet();
        } catch (ParseException e) {
            throw new IllegalStateException(e);
        }
    }
}
