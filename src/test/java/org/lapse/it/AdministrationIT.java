package org.lapse.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lapse.it.AnswerAssert.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Users, groups, roles and OAuth clients, as administrators manage them over the vendor's interface. */
@OnServer
class AdministrationIT {
    private static final String USERS = "/api/v2/users";
    private static final String GROUPS = "/api/v2/groups";
    private static final String ROLES = "/api/v2/authorization/roles";
    private static final String CLIENTS = "/api/v2/oauth/clients";
    private static final String NOBODY = "/6f0d0f61-5f0e-4a53-9c35-2f1f1f7ad5a3";

    private final LapseSystem lapse = LapseSystem.ofSuite();
    private final Administrator administrator = lapse.administrator();
    private final String username = UUID.randomUUID() + "@demo.example";

    @Test
    void userIsReadAndChangedUnderTheVersionThatWasRead() {
        String user = USERS + "/" + administrator.createUser(username);
        JsonNode read = lapse.service().get(user).expect(200).json();
        assertThat(read.required("email").asText()).isEqualTo(username);
        assertThat(read.required("state").asText()).isEqualTo("active");

        String change = "{\"name\":\"Renamed\",\"version\":" + read.required("version") + "}";
        JsonNode changed =
                lapse.service().call("PATCH", user, change).expect(200).json();

        assertThat(changed.required("name").asText()).isEqualTo("Renamed");
        assertThat(changed.required("version").asInt())
                .isGreaterThan(read.required("version").asInt());
        assertThat(lapse.service().call("PATCH", user, change)).isRefused(409, "general.conflict");
        assertThat(lapse.service().call("PATCH", user, "{\"name\":\"Lost\"}"))
                .isRefused(400, "invalid.value")
                .namesField("version");
        lapse.service().call("PATCH", user, changed.toString()).expect(200);
        assertThat(administrator.auditsOf(read.required("id").asText()))
                .extracting(row -> row.required("action").asText())
                .contains("user.create", "user.update");
    }

    @Test
    void inactiveUserCannotSignInAndADeletedOneGivesTheNameUp() {
        String id = administrator.createUser(username);
        String user = USERS + "/" + id;
        int version = lapse.service().get(user).json().required("version").asInt();

        lapse.service()
                .call("PATCH", user, "{\"state\":\"inactive\",\"version\":" + version + "}")
                .expect(200);
        signInIsRefused();
        assertThat(total("?state=inactive&id=" + id)).isEqualTo(1);
        assertThat(total("?id=" + id)).isZero();

        lapse.service().delete(user).expect(200);
        assertThat(lapse.service().get(user)).isRefused(404, "not.found");
        assertThat(lapse.service().delete(user)).isRefused(404, "not.found");
        assertThat(lapse.service()
                        .get(user + "?state=deleted")
                        .expect(200)
                        .json()
                        .has("email"))
                .isFalse();

        assertThat(administrator.createUser(username)).isNotEqualTo(id);
        lapse.signIn(username).use().expect(200);
        assertThat(lapse.service()
                        .post(USERS, "{\"name\":\"Twin\",\"email\":\"" + username.toUpperCase(Locale.ROOT) + "\"}"))
                .isRefused(409, "general.conflict");
    }

    private int total(String query) {
        return lapse.service()
                .get(USERS + query)
                .expect(200)
                .json()
                .required("total")
                .asInt();
    }

    private void signInIsRefused() {
        DemoDesk desk = new DemoDesk(lapse, new Browser(lapse));
        assertThat(desk.fillIn(desk.authorize(), username, DemoDesk.PASSWORD)).hasStatus(403);
    }

    @Test
    void userWithoutAPasswordSignsInOnceThereIsOne() {
        String id = lapse.service()
                .post(USERS, "{\"name\":\"New\",\"email\":\"" + username + "\",\"divisionId\":\"any\"}")
                .expect(200)
                .json()
                .required("id")
                .asText();
        signInIsRefused();

        assertThat(lapse.service().post(USERS + "/" + id + "/password", "{\"newPassword\":\"short77\"}"))
                .isRefused(400, "invalid.password")
                .namesField("newPassword");
        String madeOfTheName = "{\"newPassword\":\"" + username + "\"}";
        assertThat(lapse.service().post(USERS + "/" + id + "/password", madeOfTheName))
                .isRefused(400, "invalid.password")
                .namesField("newPassword");
        assertThat(lapse.service().post(USERS + "/" + id + "/password", "{\"newPassword\":\"passwordpassword\"}"))
                .isRefused(400, "invalid.password")
                .namesField("newPassword");
        lapse.service()
                .post(USERS + "/" + id + "/password", "{\"newPassword\":\"" + DemoDesk.PASSWORD + "\"}")
                .expect(200);

        lapse.signIn(username).use().expect(200);
    }

    @Test
    void ownPasswordIsChangedWithTheOldOneAndGuessesAtItAreThrottled() {
        administrator.createUser(username);
        TokenHolder user = lapse.signIn(username);
        String path = USERS + "/me/password";

        user.post(path, "{\"oldPassword\":\"" + DemoDesk.PASSWORD + "\",\"newPassword\":\"another Passw0rd\"}")
                .expect(200);

        TokenHolder again = new DemoDesk(lapse, new Browser(lapse)).signIn(username, "another Passw0rd");
        String guess = "{\"oldPassword\":\"guessed\",\"newPassword\":\"another Passw0rd\"}";
        for (int i = 0; i < 5; i++) {
            assertThat(again.post(path, guess))
                    .isRefused(400, "invalid.password")
                    .namesField("oldPassword");
        }
        Answer throttled = again.post(path, guess);
        assertThat(throttled).isRefused(429, "too.many.requests");
        assertThat(throttled.header("Retry-After")).isPresent();
        assertThat(lapse.service().post(path, guess)).isRefused(400, "not.a.user");
    }

    @Test
    void lastAdministratorStays() {
        String admin = administrator.idOf("admin@demo.example");
        String user = USERS + "/" + admin;
        JsonNode read =
                lapse.service().get(user + "?expand=authorization").expect(200).json();
        String role = read.required("authorization")
                .required("roles")
                .get(0)
                .required("id")
                .asText();

        assertThat(lapse.service()
                        .call("PATCH", user, "{\"state\":\"inactive\",\"version\":" + read.required("version") + "}"))
                .isRefused(409, "general.conflict");
        assertThat(lapse.service().delete(user)).isRefused(409, "general.conflict");
        assertThat(lapse.service().put(user + "/roles", "[]")).isRefused(409, "general.conflict");
        assertThat(lapse.service().put(ROLES + "/" + role, "{\"permissions\":[]}"))
                .isRefused(409, "general.conflict");
        assertThat(lapse.service().delete(ROLES + "/" + role)).isRefused(409, "general.conflict");

        assertThat(lapse.service().get(user + "?expand=authorization").json()).isEqualTo(read);
    }

    @Test
    void nobodyGainsMoreThanTheyHave() {
        TokenHolder ambitious = administrator.userWho(
                "directory:user:setPassword",
                "authorization:grant:add",
                "authorization:role:edit",
                "authorization:role:view",
                "oauth:client:add",
                "oauth:client:edit");
        String admin = administrator.idOf("admin@demo.example");
        String role = lapse.service()
                .get(USERS + "/" + admin + "/roles")
                .json()
                .required("roles")
                .get(0)
                .required("id")
                .asText();

        assertThat(ambitious.post(USERS + "/" + admin + "/password", "{\"newPassword\":\"now it is mine\"}"))
                .isRefused(403, "not.authorized");
        assertThat(ambitious.put(USERS + "/" + ambitious.userId() + "/roles", "[\"" + role + "\"]"))
                .isRefused(403, "not.authorized");
        assertThat(ambitious.put(USERS + "/" + admin + "/roles", "[]")).isRefused(403, "not.authorized");
        assertThat(ambitious.post(ROLES, "{\"name\":\"More\",\"permissions\":[\"audits:audit:view\"]}"))
                .isRefused(403, "not.authorized");
        assertThat(ambitious.put(ROLES + "/" + role, "{\"name\":\"Mine\"}")).isRefused(403, "not.authorized");
        assertThat(ambitious.post(
                        CLIENTS,
                        "{\"name\":\"Robot\",\"authorizedGrantType\":\"CLIENT-CREDENTIALS\",\"roleIds\":[\"" + role
                                + "\"]}"))
                .isRefused(403, "not.authorized");
        assertThat(ambitious.post(CLIENTS + "/" + LapseSystem.SERVICE_ID + "/secret", ""))
                .isRefused(403, "not.authorized");
        lapse.service().use().expect(200);
    }

    @Test
    void groupTakesMembersInAndLetsThemGo() {
        String user = administrator.createUser(username);
        String group = GROUPS + "/" + administrator.createGroup(user);
        JsonNode read = lapse.service().get(group).expect(200).json();
        assertThat(read.required("memberCount").asInt()).isEqualTo(1);
        assertThat(lapse.service()
                        .get(group + "/members")
                        .json()
                        .required("entities")
                        .get(0)
                        .required("id")
                        .asText())
                .isEqualTo(user);
        TokenHolder member = lapse.signIn(username);
        assertThat(member.get(USERS + "/me").json().required("groups").get(0)).isEqualTo(read.required("name"));
        JsonNode expanded = member.get(USERS + "/me?expand=groups,presence&expand=organization")
                .json();
        assertThat(expanded.required("groups").get(0).required("id")).isEqualTo(read.required("id"));
        assertThat(expanded.required("organization").required("name").asText()).isEqualTo("Demo");

        assertThat(lapse.service().post(group + "/members", "{\"memberIds\":[\"" + user + "\"],\"version\":999}"))
                .isRefused(409, "general.conflict");
        assertThat(lapse.service().post(group + "/members", "{\"memberIds\":[\"" + NOBODY.substring(1) + "\"]}"))
                .isRefused(400, "invalid.value")
                .namesField("memberIds");
        lapse.service().delete(group + "/members?ids=" + user).expect(200);
        assertThat(lapse.service().get(group).json().required("memberCount").asInt())
                .isZero();

        lapse.service()
                .post(group + "/members", "{\"memberIds\":[\"" + user + "\"]}")
                .expect(200);
        lapse.service().delete(group).expect(200);
        assertThat(lapse.service().get(group)).isRefused(404, "not.found");
        assertThat(member.get(USERS + "/me").json().required("groups")).isEmpty();
    }

    @Test
    void groupIsChangedUnderTheVersionThatWasRead() {
        String group = GROUPS + "/" + administrator.createGroup();
        JsonNode read = lapse.service().get(group).json();

        String change = "{\"description\":\"Night shift\",\"version\":" + read.required("version") + "}";
        JsonNode changed = lapse.service().put(group, change).expect(200).json();

        assertThat(changed.required("description").asText()).isEqualTo("Night shift");
        assertThat(lapse.service().put(group, change)).isRefused(409, "general.conflict");
        lapse.service().put(group, changed.toString()).expect(200);
    }

    @Test
    void roleGivesItsPermissionsToItsUsers() {
        String role = administrator.createRole("audits:audit:view");
        String user = administrator.createUser(username, role);
        assertThat(lapse.service()
                        .get(USERS + "/" + user + "/roles")
                        .json()
                        .required("permissions")
                        .get(0)
                        .asText())
                .isEqualTo("audits:audit:view");
        JsonNode read = lapse.service().get(ROLES + "/" + role).expect(200).json();
        assertThat(read.required("userCount").asInt()).isEqualTo(1);

        lapse.service()
                .put(ROLES + "/" + role, "{\"permissions\":[\"oauth:client:view\"]}")
                .expect(200);
        TokenHolder holder = lapse.signIn(username);
        assertThat(holder.get("/api/v2/audits")).isRefused(403, "missing.permissions");
        holder.get(CLIENTS).expect(200);

        for (String unknown : new String[] {"\"audits:audit:veiw\"", "null"}) {
            assertThat(lapse.service().put(ROLES + "/" + role, "{\"permissions\":[" + unknown + "]}"))
                    .isRefused(400, "invalid.value")
                    .namesField("permissions");
        }
        assertThat(lapse.service().put(USERS + "/" + user + "/roles", "[\"" + NOBODY.substring(1) + "\"]"))
                .isRefused(400, "invalid.value");
        lapse.service().delete(ROLES + "/" + role).expect(200);
        assertThat(lapse.service().get(USERS + "/" + user + "/roles").json().required("roles"))
                .isEmpty();
    }

    @Test
    void rolesAndPermissionsAreListed() {
        JsonNode roles = lapse.service().get(ROLES + "?pageSize=1").expect(200).json();
        assertThat(roles.required("entities")).hasSize(1);
        JsonNode permissions = lapse.service()
                .get("/api/v2/authorization/permissions")
                .expect(200)
                .json();
        assertThat(permissions.required("entities").findValuesAsText("domain")).contains("oauth", "directory");
    }

    @Test
    void secretIsShownOnceAndReplacedAtOnce() {
        JsonNode created = administrator.createClient(administrator.createRole("oauth:client:view"));
        String id = created.required("id").asText();
        String secret = created.required("secret").asText();
        TokenHolder holder = new TokenHolder(lapse, Tokens.of(tokenFor(id, secret)));
        holder.get(CLIENTS + "?pageSize=500").expect(200);
        assertThat(lapse.service().get(CLIENTS + "/" + id).json().has("secret")).isFalse();
        assertThat(introspectAs(id, secret)).hasStatus(200);

        String next = lapse.service()
                .post(CLIENTS + "/" + id + "/secret", "")
                .expect(200)
                .json()
                .required("secret")
                .asText();

        assertThat(tokenFor(id, secret)).isOAuthError(401, "invalid_client");
        assertThat(introspectAs(id, secret)).isOAuthError(401, "invalid_client");
        assertThat(tokenFor(id, next)).hasStatus(200);
        assertThat(introspectAs(id, next)).hasStatus(200);
        holder.use().expect(200);
        assertThat(administrator.auditsOf(id).toString()).doesNotContain(secret).doesNotContain(next);
    }

    @Test
    void clientThatIsNotActiveGetsNoTokenAndADeletedOneIsUnknown() {
        JsonNode created = administrator.createClient();
        String id = created.required("id").asText();
        String secret = created.required("secret").asText();

        for (String state : new String[] {"disabled", "inactive"}) {
            lapse.service()
                    .put(CLIENTS + "/" + id, "{\"state\":\"" + state + "\"}")
                    .expect(200);
            assertThat(tokenFor(id, secret)).isOAuthError(400, "unauthorized_client");
        }
        lapse.service()
                .put(CLIENTS + "/" + id, "{\"state\":\"active\",\"accessTokenValiditySeconds\":300}")
                .expect(200);
        assertThat(tokenFor(id, secret)
                        .expect(200)
                        .json()
                        .required("expires_in")
                        .asInt())
                .isEqualTo(300);

        lapse.service().delete(CLIENTS + "/" + id).expect(200);
        assertThat(tokenFor(id, secret)).isOAuthError(401, "invalid_client");
        assertThat(lapse.service().get(CLIENTS + "/" + id)).isRefused(404, "not.found");
        lapse.service()
                .post(
                        CLIENTS,
                        "{\"name\":" + created.required("name") + ",\"authorizedGrantType\":\"CLIENT-CREDENTIALS\"}")
                .expect(200);
        assertThat(lapse.service().delete(CLIENTS + "/" + LapseSystem.SERVICE_ID))
                .isRefused(409, "general.conflict");
    }

    @Test
    void codeClientMayComeWithoutItsSecretUnlessItIsRequired() {
        JsonNode created = lapse.service()
                .post(
                        CLIENTS,
                        "{\"name\":\"Desk " + UUID.randomUUID() + "\",\"authorizedGrantType\":\"CODE\","
                                + "\"registeredRedirectUri\":[\"https://app.example/cb\"]}")
                .expect(200)
                .json();
        String id = created.required("id").asText();
        Form redemption = Form.of(
                "grant_type",
                "authorization_code",
                "code",
                "unknown",
                "redirect_uri",
                "https://app.example/cb",
                "client_id",
                id,
                "code_verifier",
                "x".repeat(43));

        assertThat(lapse.post("/oauth/token", redemption)).isOAuthError(400, "invalid_grant");
        assertThat(lapse.postAs(id, created.required("secret").asText(), "/oauth/token", redemption))
                .isOAuthError(400, "invalid_grant");
        assertThat(lapse.postAs(id, "wrong", "/oauth/token", redemption)).isOAuthError(401, "invalid_client");

        lapse.service().put(CLIENTS + "/" + id, "{\"secretRequired\":true}").expect(200);
        assertThat(lapse.post("/oauth/token", redemption)).isOAuthError(401, "invalid_client");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"authorizedGrantType":"CODE"}                                      | name
            {"name":"A"}                                                        | authorizedGrantType
            {"name":"A","authorizedGrantType":"TOKEN"}                          | authorizedGrantType
            {"name":"A","authorizedGrantType":"CODE"}                           | registeredRedirectUri
            {"name":"A","authorizedGrantType":"CLIENT-CREDENTIALS","invented":1} | invented
            """)
    void clientThatCannotBeIsNotMade(String json, String field) {
        assertThat(lapse.service().post(CLIENTS, json))
                .isRefused(400, "invalid.value")
                .namesField(field);
    }

    @Test
    void scopesAreListed() {
        assertThat(lapse.service()
                        .get("/api/v2/oauth/scopes")
                        .expect(200)
                        .json()
                        .findValuesAsText("id"))
                .contains("openid", "profile", "email", "all", "directory", "directory:user:edit");
        lapse.service().get("/api/v2/oauth/scopes/openid").expect(200);
        assertThat(lapse.service().get("/api/v2/oauth/scopes/everything")).isRefused(404, "not.found");
    }

    private Answer tokenFor(String clientId, String secret) {
        return lapse.postAs(clientId, secret, "/oauth/token", Form.of("grant_type", "client_credentials"));
    }

    private Answer introspectAs(String clientId, String secret) {
        return lapse.postAs(clientId, secret, "/oauth/introspect", Form.of("token", "any"));
    }
}
