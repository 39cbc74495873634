package org.lapse.it;

import static org.lapse.it.AnswerAssert.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who lacks a permission is refused, before the request is looked at any further. */
@OnServer
class PermissionsIT {
    private final LapseSystem lapse = LapseSystem.ofSuite();

    @ParameterizedTest
    @CsvSource({
        "PUT,    /api/v2/tokens/timeout,                              directory:organization:admin",
        "PATCH,  /api/v2/organizations/features/hipaa?enabled=true,   directory:organization:admin",
        "POST,   /api/v2/oauth/signingkeys/rotation,                  directory:organization:admin",
        "DELETE, /api/v2/tokens/6f0d0f61-5f0e-4a53-9c35-2f1f1f7ad5a3, oauth:token:delete",
        "GET,    /api/v2/applications/demo-desk,                      oauth:client:view",
        "PUT,    /api/v2/applications/demo-desk,                      oauth:client:edit",
        "GET,    /api/v2/audits,                                      audits:audit:view",
    })
    void whatNeedsAPermissionIsRefusedToWhoLacksIt(String method, String path, String permission) {
        Answer answer = lapse.signIn("alice@demo.example").call(method, path, method.equals("PUT") ? "{}" : null);

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
