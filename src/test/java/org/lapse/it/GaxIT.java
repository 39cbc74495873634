package org.lapse.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lapse.it.AnswerAssert.assertThat;
import static org.lapse.it.FrameworkAdministrator.OBJECTS;
import static org.lapse.it.FrameworkAdministrator.pathOf;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The administrator's REST interface of the Framework. */
@OnServer
class GaxIT {
    private static final String USER_INFO = "/gax/api/user/info";
    private static final String CONFIGURATION_MANAGER = "1";
    private static final FrameworkAdministrator ADMINISTRATOR = new FrameworkAdministrator(LapseSystem.ofSuite());

    private final LapseSystem lapse = LapseSystem.ofSuite();
    private final FrameworkAdministrator administrator = ADMINISTRATOR;

    /** Checking a password is slow on purpose: the tests share one log-in for as long as none of them ends it. */
    @BeforeEach
    void logIn() {
        if (administrator.get(USER_INFO).status() != 200) {
            administrator.logIn("admin@demo.example", DemoDesk.PASSWORD).expect(200);
        }
    }

    private static String newName() {
        return "Made by GaxIT " + UUID.randomUUID();
    }

    @Test
    void cookieIsOutOfReachForScriptsAndOtherSites() {
        Answer answer = new FrameworkAdministrator(lapse).logIn("admin@demo.example", DemoDesk.PASSWORD);

        assertThat(answer.expect(200).headers("Set-Cookie"))
                .allSatisfy(cookie -> assertThat(cookie).contains("HttpOnly"))
                .anySatisfy(
                        cookie -> assertThat(cookie).startsWith("lapse_gax=").contains("SameSite=Strict"));
    }

    @Test
    void userNameMayNameItsOrganization() {
        new FrameworkAdministrator(lapse)
                .logIn("admin@demo.example:demo", DemoDesk.PASSWORD)
                .expect(200);
    }

    @Test
    void wrongPasswordAndUnknownNameAreRefusedAlike() {
        FrameworkAdministrator somebody = new FrameworkAdministrator(lapse);

        for (String username :
                List.of("bob@demo.example", "nobody@" + UUID.randomUUID(), "bob@demo.example:invented")) {
            assertThat(somebody.logIn(username, "wrong")).isRefused(401, "bad.credentials");
        }
        assertThat(somebody.get(USER_INFO)).isRefused(401, "authentication.required");
    }

    @Test
    void encryptedPasswordIsNotUnderstood() {
        assertThat(new FrameworkAdministrator(lapse)
                        .post(
                                "/gax/api/session/login",
                                "{\"username\":\"a\",\"password\":\"b\",\"isPasswordEncrypted\":true}"))
                .isRefused(400, "invalid.value")
                .namesField("isPasswordEncrypted");
    }

    @Test
    void whoMayNotSeeApplicationsMayNotLogIn() {
        assertThat(new FrameworkAdministrator(lapse).logIn("alice@demo.example", DemoDesk.PASSWORD))
                .isRefused(403, "missing.permissions");
    }

    @Test
    void changeThatAFormCouldSendIsRefused() {
        FrameworkAdministrator own = FrameworkAdministrator.loggedIn(lapse);
        Map<String, String> form = Map.of("Content-Type", "text/plain");

        assertThat(own.call("POST", "/gax/api/session/logout", "", form)).isRefused(415, "unsupported.media.type");
        own.get(USER_INFO).expect(200);
        own.call("POST", "/gax/api/session/logout", null, Map.of("X-Requested-With", "XMLHttpRequest"))
                .expect(200);
        assertThat(own.get(USER_INFO)).isRefused(401, "authentication.required");
    }

    @Test
    void forcedLogOutEndsTheCookiesSessionToo() {
        FrameworkAdministrator own = FrameworkAdministrator.loggedIn(lapse);

        lapse.service()
                .delete("/api/v2/tokens/" + lapse.signIn("admin@demo.example").userId())
                .expect(200);

        assertThat(own.get(USER_INFO)).isRefused(401, "authentication.required");
    }

    @Test
    void ownTemplateGivesItsOptionsAndItsAnnexToWhatIsMadeFromIt() {
        String template = newName();
        JsonNode made = administrator.make("CfgAppPrototype", template, Map.of("subtype", "157", "version", "8.5"));
        administrator
                .put(
                        pathOf(made),
                        "{\"options\":{\"property\":[{\"section\":\"interaction-workspace\",\"key\":\"security.inactivity-timeout\",\"value\":\"12\"}]},"
                                + "\"userproperties\":{\"property\":[{\"section\":\"s\",\"key\":\"k\",\"value\":\"v\"}]}}")
                .expect(200);

        JsonNode application = administrator.make(
                "CfgApplication",
                newName(),
                Map.of("appprototypedbid", made.required("dbid").asText()));

        assertThat(application.required("subtype").asText()).isEqualTo("CFGInteractionWorkspace");
        assertThat(application.required("version").asText()).isEqualTo("8.5");
        assertThat(application.at("/options/property/0/value").asText()).isEqualTo("12");
        assertThat(application.at("/userproperties/property/0/value").asText()).isEqualTo("v");
        administrator.delete(pathOf(made)).expect(204);
        assertThat(administrator.get(pathOf(made))).isRefused(404, "not.found");
        assertThat(administrator.get(pathOf(application)).expect(200).json()).isEqualTo(application);
        administrator.delete(pathOf(application)).expect(204);
    }

    @Test
    void builtInTemplateStaysAsItIs() {
        String path = OBJECTS + "/CfgAppPrototype/" + CONFIGURATION_MANAGER;

        assertThat(administrator.put(path, "{\"version\":\"9\"}")).isRefused(403, "not.authorized");
        assertThat(administrator.delete(path)).isRefused(403, "not.authorized");
    }

    @Test
    void whatIsWrittenIsAllThatIsThere() {
        JsonNode application =
                administrator.make("CfgApplication", newName(), Map.of("appprototypedbid", CONFIGURATION_MANAGER));

        JsonNode after = administrator
                .put(
                        pathOf(application),
                        "{\"options\":{\"property\":[{\"section\":\"log\",\"key\":\"all\",\"value\":\"stdout\"}]}}")
                .expect(200)
                .json();

        assertThat(after.required("options").required("property")).hasSize(1);
        assertThat(after.required("userproperties")).isEqualTo(application.required("userproperties"));
        administrator.delete(pathOf(application)).expect(204);
    }

    @Test
    void disabledApplicationIsDisabledEverywhereAndDeletedOneIsGone() {
        String name = newName();
        Map<String, String> template = Map.of("appprototypedbid", CONFIGURATION_MANAGER);
        JsonNode application = administrator.make("CfgApplication", name, template);

        administrator.put(pathOf(application), "{\"state\":\"2\"}").expect(200);

        JsonNode seen = lapse.service()
                .get("/api/v2/applications?name=" + name.replace(" ", "%20"))
                .expect(200)
                .json();
        assertThat(seen.at("/entities/0/state").asText()).isEqualTo("disabled");
        administrator.delete(pathOf(application)).expect(204);
        assertThat(administrator.delete(pathOf(application))).isRefused(404, "not.found");
        assertThat(lapse.service()
                        .get("/api/v2/applications/" + seen.at("/entities/0/id").asText()))
                .isRefused(404, "not.found");
        administrator
                .delete(pathOf(administrator.make("CfgApplication", name, template)))
                .expect(204);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"type\":\"CfgPerson\"} | type",
                "{\"type\":\"CfgApplication\",\"name\":\"n\"} | appprototypedbid",
                "{\"type\":\"CfgApplication\",\"name\":\"n\",\"appprototypedbid\":\"999999\"} | template",
                "{\"type\":\"CfgApplication\",\"name\":\" \",\"appprototypedbid\":\"1\"} | name",
                "{\"type\":\"CfgApplication\",\"name\":\"n\",\"appprototypedbid\":\"1\",\"state\":\"3\"} | state",
                "{\"type\":\"CfgAppPrototype\",\"name\":\"n\",\"subtype\":\"0\"} | subtype",
                "{\"type\":\"CfgApplication\",\"name\":\"n\",\"appprototypedbid\":\"12\",\"options\":{\"property\":[{\"section\":\"telephone\",\"key\":\"attempts\",\"value\":\"many\"}]}} | options.telephone.attempts",
                "{\"type\":\"CfgApplication\",\"name\":\"n\",\"appprototypedbid\":\"1\",\"options\":{\"property\":[{\"key\":\"a\"}]}} | options.property",
                "{\"type\":\"CfgApplication\",\"name\":\"n\",\"workdirectory\":\"/\"} | workdirectory"
            })
    void objectThatMayNotBeIsRefused(String body, String field) {
        assertThat(administrator.post(OBJECTS, body))
                .isRefused(400, "invalid.value")
                .namesField(field);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "null", "[]", "7", "{\"type\":7}", "{\"type\":\"\\u0000\"}", "{} {}"})
    void bodyThatIsNoObjectIsRefused(String body) {
        assertThat(administrator.post(OBJECTS, body)).hasStatus(400).hasErrorBody();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "?type=CfgPerson",
                "?type=CfgApplication&filters=",
                "?type=CfgApplication&filters=subtype=A",
                "?type=CfgApplication&filters=name=CFGSCE",
                "?type=CfgApplication&brief=maybe",
                "?type=CfgApplication&type=CfgApplication"
            })
    void questionThatMeansNothingIsRefused(String query) {
        assertThat(administrator.get(OBJECTS + query)).isRefused(400, "invalid.value");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/CfgApplication/1", "/CfgPerson/101", "/CfgApplication/x", "/CfgApplication", "/1/2/3"})
    void objectThatIsNotThereIsNotFound(String path) {
        assertThat(administrator.get(OBJECTS + path)).isRefused(404, "not.found");
    }
}
