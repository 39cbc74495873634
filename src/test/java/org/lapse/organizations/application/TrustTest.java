package org.lapse.organizations.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.lapse.middle.LapseInJavaSE;
import org.lapse.middle.OnBothDatabases;
import org.lapse.organizations.directory.Organizations;
import org.lapse.platform.api.Administered;
import org.lapse.platform.api.ApiException;
import org.lapse.platform.api.Caller;
import org.lapse.platform.api.Permission;

/** Who may register clients, and what that does not lead to. */
@OnBothDatabases
class TrustTest {
    private static final String REDIRECT = "https://desk.example/callback";
    private static final String ELSEWHERE = "https://elsewhere.example/callback";

    private final LapseInJavaSE lapse;
    private final UUID organizationId;
    private final Caller administrator;
    private final Caller registrar;

    TrustTest(LapseInJavaSE lapse) {
        this.lapse = lapse;
        this.organizationId = lapse.get(Organizations.class)
                .findByDomain("demo")
                .orElseThrow()
                .id();
        this.administrator = caller(Permission.all());
        this.registrar = caller(Permission.all().stream()
                .filter(permission -> permission.startsWith("oauth:client:"))
                .collect(Collectors.toUnmodifiableSet()));
    }

    @Test
    void clientIsNotTrustedUnlessAnAdministratorSaysSo() {
        String client = Registered.codeClient(lapse, registrar, null, REDIRECT);
        assertThat(isTrusted(client)).isFalse();

        Registered.trust(lapse, administrator, client, true);
        assertThat(isTrusted(client)).isTrue();
        assertThat(Registered.codeClient(lapse, administrator, true, REDIRECT))
                .satisfies(id -> assertThat(isTrusted(id)).isTrue());
    }

    @Test
    void whoMayOnlyRegisterClientsTrustsNone() {
        String client = Registered.codeClient(lapse, registrar, false, REDIRECT);

        assertNotPermitted(() -> Registered.codeClient(lapse, registrar, true, REDIRECT));
        assertNotPermitted(() -> Registered.trust(lapse, registrar, client, true));

        assertThat(isTrusted(client)).isFalse();
    }

    @Test
    void whoMayOnlyEditClientsChangesNoTrustedOne() {
        String client = Registered.codeClient(lapse, administrator, true, REDIRECT);

        assertNotPermitted(() -> Registered.sendBack(lapse, registrar, client, ELSEWHERE));
        assertNotPermitted(() -> Registered.trust(lapse, registrar, client, false));
        assertNotPermitted(() -> Registered.replaceSecret(lapse, registrar, client));

        assertThat(found(client).redirectUris()).containsExactly(REDIRECT);
    }

    @Test
    void whoMayOnlyEditApplicationsRenamesNoTrustedOne() {
        String client = Registered.codeClient(lapse, administrator, true, REDIRECT);
        String name = found(client).name();

        assertNotPermitted(() -> edit(registrar, client, new ApplicationChange("Lapse", null, null, null, null, null)));
        assertNotPermitted(() -> edit(registrar, client, new ApplicationChange(null, "Ours", null, null, null, null)));
        edit(registrar, client, new ApplicationChange(name, null, "active", null, Map.of(), null));

        assertThat(found(client).name()).isEqualTo(name);
        edit(administrator, client, new ApplicationChange(name + " 2", null, null, null, null, null));
        assertThat(found(client).name()).isEqualTo(name + " 2");
    }

    private void edit(Caller by, String client, ApplicationChange change) {
        lapse.get(Applications.class).change(by, client, change);
    }

    @Test
    void nobodyRegistersAClientForMoreThanTheyMayDo() {
        String client = Registered.codeClient(lapse, registrar, false, REDIRECT, "openid", "oauth:client:edit");

        assertNotPermitted(() -> Registered.codeClient(lapse, registrar, false, REDIRECT, "directory"));
        assertNotPermitted(() -> Registered.trust(lapse, registrar, client, false, "directory:user:edit"));
    }

    @Test
    void nobodyEditsAClientThatMayBeGrantedMoreThanTheyMayDo() {
        String client = Registered.codeClient(lapse, administrator, false, REDIRECT, "directory");

        assertNotPermitted(() -> Registered.sendBack(lapse, registrar, client, ELSEWHERE));
        assertNotPermitted(() -> Registered.trust(lapse, registrar, client, false, "openid"));
        assertNotPermitted(() -> Registered.replaceSecret(lapse, registrar, client));
    }

    @Test
    void scopeOfEverythingIsForTrustedClients() {
        String client = Registered.codeClient(lapse, administrator, true, REDIRECT, "openid", "all");

        assertInvalid(() -> Registered.codeClient(lapse, administrator, false, REDIRECT, "all"));
        assertInvalid(() -> Registered.trust(lapse, administrator, client, false));

        Registered.trust(lapse, administrator, client, false, "openid");
        assertThat(isTrusted(client)).isFalse();
    }

    @Test
    void addressesOfTheConsoleAreNotForEditing() {
        Set<String> before = found("lapse-console").redirectUris();

        assertThatThrownBy(() -> Registered.sendBack(lapse, administrator, "lapse-console", ELSEWHERE))
                .isInstanceOfSatisfying(ApiException.class, refusal -> assertThat(refusal.code())
                        .isEqualTo("not.authorized"));
        assertThatCode(() -> Registered.sendBack(lapse, administrator, "lapse-console", before.toArray(String[]::new)))
                .doesNotThrowAnyException();

        assertThat(found("lapse-console").redirectUris()).isEqualTo(before);
    }

    @Test
    void consoleFollowsTheInstallationToAnotherAddress() {
        Set<String> before = found("lapse-console").redirectUris();

        lapse.get(Applications.class).serveAt("lapse-console", Set.of("https://lapse.example/admin/"));
        assertThat(found("lapse-console").redirectUris()).containsExactly("https://lapse.example/admin/");

        lapse.get(Applications.class).serveAt("lapse-console", before);
        assertThat(found("lapse-console").redirectUris()).isEqualTo(before);
    }

    @Test
    void whatTheInstallationBringsIsTrusted() {
        assertThat(Set.of("lapse-console", "demo-two-console", "demo-desk", "demo-two-desk"))
                .allMatch(this::isTrusted);
    }

    @Test
    void auditKnowsWhoTrustedAClientAndWhereItSendsPeopleBack() {
        String client = Registered.codeClient(lapse, administrator, false, REDIRECT);

        Registered.trust(lapse, administrator, client, true);
        Registered.sendBack(lapse, administrator, client, ELSEWHERE);
        Registered.replaceSecret(lapse, administrator, client);

        assertThat(lapse.fired(Administered.class))
                .filteredOn(change -> change.entityId().equals(client))
                .allMatch(change -> change.by() == administrator)
                .satisfiesExactly(
                        made -> assertThat(body(made.after()).trusted()).isFalse(),
                        trusted -> {
                            assertThat(body(trusted.before()).trusted()).isFalse();
                            assertThat(body(trusted.after()).trusted()).isTrue();
                        },
                        moved -> {
                            assertThat(body(moved.before()).registeredRedirectUri())
                                    .containsExactly(REDIRECT);
                            assertThat(body(moved.after()).registeredRedirectUri())
                                    .containsExactly(ELSEWHERE);
                        },
                        secret -> assertThat(secret.action()).isEqualTo("client.secret.update"));
    }

    private static OAuthClientBody body(@Nullable Object value) {
        assertThat(value).isInstanceOf(OAuthClientBody.class);
        return (OAuthClientBody) Objects.requireNonNull(value);
    }

    private OAuthClient found(String clientId) {
        return lapse.get(Applications.class).readClient(clientId).orElseThrow().value();
    }

    private boolean isTrusted(String clientId) {
        return found(clientId).isTrusted();
    }

    private Caller caller(Set<String> permissions) {
        return new Caller(organizationId, "demo-service", null, "demo-service", permissions, "a token");
    }

    private static void assertNotPermitted(ThrowingCallable change) {
        assertThatThrownBy(change).isInstanceOfSatisfying(ApiException.class, refusal -> assertThat(refusal.status())
                .isEqualTo(403));
    }

    private static void assertInvalid(ThrowingCallable change) {
        assertThatThrownBy(change).isInstanceOfSatisfying(ApiException.class, refusal -> assertThat(refusal.code())
                .isEqualTo("invalid.value"));
    }
}
