package org.lapse.it;

import static org.lapse.it.AnswerAssert.assertThat;

import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who lacks a permission is refused, before the request is looked at any further. */
@OnServer
class PermissionsIT {
    @SuppressWarnings("NullAway.Init")
    private static TokenHolder alice;

    private final LapseSystem lapse = LapseSystem.ofSuite();

    @BeforeAll
    static void somebodyWithoutPermissionsSignsIn() {
        alice = LapseSystem.ofSuite().signIn("alice@demo.example");
    }

    @ParameterizedTest
    @CsvSource({
        "PUT,    /api/v2/tokens/timeout,                              directory:organization:admin",
        "PATCH,  /api/v2/organizations/features/hipaa?enabled=true,   directory:organization:admin",
        "POST,   /api/v2/oauth/signingkeys/rotation,                  directory:organization:admin",
        "DELETE, /api/v2/tokens/6f0d0f61-5f0e-4a53-9c35-2f1f1f7ad5a3, oauth:token:delete",
        "GET,    /api/v2/applications/demo-desk,                      oauth:client:view",
        "PUT,    /api/v2/applications/demo-desk,                      oauth:client:edit",
        "PATCH,  /api/v2/organizations/authentication/settings,       directory:organization:admin",
        "GET,    /api/v2/diagnostics/trace,                           directory:organization:admin",
        "GET,    /api/v2/apis,                                        directory:organization:admin",
        "PUT,    /api/v2/apis/documents/x,                            directory:organization:admin",
        "PUT,    /api/v2/integrations/clientapps/x,                   integrations:integration:edit",
        "DELETE, /api/v2/integrations/clientapps/x,                   integrations:integration:edit",
        "GET,    /api/v2/audits,                                      audits:audit:view",
        "GET,    /api/v2/users,                                       directory:user:view",
        "POST,   /api/v2/users,                                       directory:user:add",
        "GET,    /api/v2/users/6f0d0f61-5f0e-4a53-9c35-2f1f1f7ad5a3,  directory:user:view",
        "PATCH,  /api/v2/users/6f0d0f61-5f0e-4a53-9c35-2f1f1f7ad5a3,  directory:user:edit",
        "DELETE, /api/v2/users/6f0d0f61-5f0e-4a53-9c35-2f1f1f7ad5a3,  directory:user:delete",
        "POST,   /api/v2/users/6f0d0f61-5f0e-4a53-9c35-2f1f1f7ad5a3/password, directory:user:setPassword",
        "GET,    /api/v2/users/6f0d0f61-5f0e-4a53-9c35-2f1f1f7ad5a3/roles, authorization:role:view",
        "PUT,    /api/v2/users/6f0d0f61-5f0e-4a53-9c35-2f1f1f7ad5a3/roles, authorization:grant:add",
        "POST,   /api/v2/groups,                                      directory:group:add",
        "PUT,    /api/v2/groups/6f0d0f61-5f0e-4a53-9c35-2f1f1f7ad5a3, directory:group:edit",
        "DELETE, /api/v2/groups/6f0d0f61-5f0e-4a53-9c35-2f1f1f7ad5a3, directory:group:delete",
        "GET,    /api/v2/groups/6f0d0f61-5f0e-4a53-9c35-2f1f1f7ad5a3/members, directory:user:view",
        "POST,   /api/v2/groups/6f0d0f61-5f0e-4a53-9c35-2f1f1f7ad5a3/members, directory:group:edit",
        "DELETE, /api/v2/groups/6f0d0f61-5f0e-4a53-9c35-2f1f1f7ad5a3/members, directory:group:edit",
        "GET,    /api/v2/authorization/roles,                         authorization:role:view",
        "POST,   /api/v2/authorization/roles,                         authorization:role:edit",
        "GET,    /api/v2/authorization/permissions,                   authorization:role:view",
        "GET,    /api/v2/oauth/clients,                               oauth:client:view",
        "POST,   /api/v2/oauth/clients,                               oauth:client:add",
        "GET,    /api/v2/oauth/clients/demo-desk,                     oauth:client:view",
        "PUT,    /api/v2/oauth/clients/demo-desk,                     oauth:client:edit",
        "DELETE, /api/v2/oauth/clients/demo-desk,                     oauth:client:delete",
        "POST,   /api/v2/oauth/clients/demo-desk/secret,              oauth:client:edit",
    })
    void whatNeedsAPermissionIsRefusedToWhoLacksIt(String method, String path, String permission) {
        Answer answer = alice.call(method, path, Set.of("PUT", "POST", "PATCH").contains(method) ? "{}" : null);

        assertThat(answer).isRefused(403, "missing.permissions");
        org.assertj.core.api.Assertions.assertThat(
                        answer.json().required("message").asText())
                .contains(permission);
    }

    @Test
    void administratorIsAPersonWhoMayDoEverything() {
        TokenHolder admin = lapse.signIn("admin@demo.example");

        admin.get("/api/v2/audits").expect(200);
        admin.get("/api/v2/applications/demo-desk").expect(200);
        admin.put("/api/v2/tokens/timeout", "{}").expect(200);
    }
}
