package org.lapse.access.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lapse.middle.LapseInJavaSE;
import org.lapse.middle.OnBothDatabases;
import org.lapse.organizations.application.Application;
import org.lapse.organizations.application.ApplicationChange;
import org.lapse.organizations.application.Applications;
import org.lapse.organizations.application.ClientSecret;
import org.lapse.organizations.directory.Organizations;
import org.lapse.organizations.directory.Role;
import org.lapse.organizations.directory.RoleChanged;
import org.lapse.platform.api.Caller;
import org.lapse.platform.api.Permission;
import org.lapse.sessions.session.Admission;
import org.lapse.sessions.session.LedgerProjection;

/** Clients in memory are those that were committed. */
@OnBothDatabases
class ClientsTest {
    private static final String ADMIN = Permission.DIRECTORY_ORGANIZATION_ADMIN.wireName();

    private final LapseInJavaSE lapse;
    private final Clients clients;
    private final UUID organizationId;
    private String id = "";
    private Role role = new Role(UUID.randomUUID(), "", Set.of());

    ClientsTest(LapseInJavaSE lapse) {
        this.lapse = lapse;
        this.clients = lapse.get(Clients.class);
        this.organizationId = lapse.get(Organizations.class)
                .findByDomain("demo")
                .orElseThrow()
                .id();
    }

    @BeforeEach
    void makeClient() {
        id = UUID.randomUUID().toString();
        role = new Role(organizationId, "role of " + id, Set.of());
        lapse.inTransaction(() -> {
            lapse.entities().persist(role);
            lapse.entities()
                    .persist(Application.serviceClient(
                            organizationId,
                            id,
                            id,
                            new ClientSecret("first"),
                            Set.of(role),
                            lapse.clock().now()));
        });
        assertThat(found().isActive()).isTrue();
    }

    @Test
    void changeOfAnApplicationHoldsAtOnce() {
        disable();
        assertThat(found().isActive()).isFalse();
    }

    @Test
    void clientInMemoryIsFoundThoughNoneMayBeRead() {
        Runnable refusing = () -> {
            throw new IllegalStateException("all places are taken");
        };
        assertThat(clients.find(id)).isPresent();

        assertThat(clients.find(id, refusing)).isPresent();
        assertThatThrownBy(() -> clients.find(UUID.randomUUID().toString(), refusing))
                .hasMessage("all places are taken");
    }

    @Test
    void deletedClientIsUnknown() {
        lapse.get(Applications.class).delete(administrator(), id);
        assertThat(clients.find(id)).isEmpty();
    }

    @Test
    void changeThatIsRolledBackNeverHolds() {
        assertThatThrownBy(() -> lapse.inTransaction((Runnable) () -> {
                    disable();
                    throw new IllegalStateException("in vain");
                }))
                .hasMessage("in vain");
        assertThat(found().isActive()).isTrue();
    }

    @Test
    void newNameOfARoleHoldsAtOnce() {
        lapse.inTransaction(() -> {
            write("update role set name = 'renamed " + id + "' where name = :name", "role of " + id);
            lapse.fire(new RoleChanged(role.id()));
        });
        assertThat(found().application().roles().keySet()).containsExactly("renamed " + id);
    }

    @Test
    void clientThatWasReadBeforeAChangeIsGivenWhatItMayDoNow() {
        Client before = found();
        lapse.inTransaction(() -> {
            lapse.entities()
                    .createNativeQuery("insert into role_permission (role_id, permission) values (:role, :permission)")
                    .setParameter("role", role.id())
                    .setParameter("permission", ADMIN)
                    .executeUpdate();
            lapse.fire(new RoleChanged(role.id()));
        });

        assertThat(permissionsOf(before)).containsExactly(ADMIN);
        assertThat(permissionsOf(found())).containsExactly(ADMIN);
    }

    private Set<String> permissionsOf(Client client) {
        String token = lapse.get(TokenGrants.class)
                .giveToApplication(client.giving(new ClientSecret("first")), Optional.empty(), "")
                .getAccessToken()
                .getValue();
        return lapse.get(Admission.class)
                .find(token)
                .orElseThrow()
                .principal()
                .entitlements()
                .permissions();
    }

    @Test
    void changeOfWhichNobodyToldIsFoundByItsNumber() {
        lapse.inTransaction(() -> write(
                "update application set state = 'DISABLED', change_number = nextval('change_number') where id = :name",
                id));
        assertThat(found().isActive()).isTrue();

        lapse.get(LedgerProjection.class).catchUp(lapse.clock().now());

        assertThat(found().isActive()).isFalse();
    }

    @Test
    void secretIsComparedWithTheOneThatWasCommittedLast() {
        assertThat(found().application().hasSecret(new ClientSecret("first"))).isTrue();
        assertThat(found().application().hasSecret(new ClientSecret("another"))).isFalse();
        assertThat(List.of(found().toString())).noneMatch(text -> text.contains("first"));
    }

    private void disable() {
        lapse.get(Applications.class)
                .change(administrator(), id, new ApplicationChange(null, null, "disabled", null, null, null));
    }

    private Client found() {
        return clients.find(id).orElseThrow();
    }

    private Caller administrator() {
        return new Caller(organizationId, "demo-service", null, "demo-service", Permission.all(), "a token");
    }

    private void write(String sql, String name) {
        lapse.entities().createNativeQuery(sql).setParameter("name", name).executeUpdate();
    }
}
