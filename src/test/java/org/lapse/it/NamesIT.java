package org.lapse.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lapse.it.AnswerAssert.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A text that does not look like what it is gets nowhere where people read it: not into any field that the server's own
 * OpenAPI document describes. A new field is refused such texts, or stands here with the reason why not.
 */
@OnServer
class NamesIT {
    private static final LapseSystem LAPSE = LapseSystem.ofSuite();

    /** Turns what follows it around, and is seen by nobody. */
    private static final String DIRECTION = "\"a\\u202eb\"";

    private static final String CONTROL = "\"a\\u0007b\"";

    private static final String LINE = "\"a\\nb\"";

    /** Fields that take every text, with the reason. */
    private static final Map<Pattern, String> VERBATIM = Map.of(
            Pattern.compile(".* (?:.*[.])?(?:password|newPassword|oldPassword)"),
                    "a password, of which one keeps a digest",
            Pattern.compile("POST (?:/api/v2/relogin|/gax/api/session/login) username"), "compared, and not kept",
            Pattern.compile("PATCH .*/presences/.* name"), "read-only: ignored",
            Pattern.compile(".* credential(?:[.\\[].*)?"), "an authenticator's own words, which prove themselves",
            Pattern.compile("POST /api/v2/diagnostics/.*"), "a log of a program's own",
            Pattern.compile("PUT /api/v2/apis/documents/.*"), "a document, of which the paths are kept in ASCII",
            Pattern.compile("PUT /api/v2/tokens/me/state.*"), "a document of a program's own");

    /** Where the thing that is to have the name is looked for first, and is not there. */
    private static final String NOBODYS = "PATCH /api/v2/users/me/authenticators/passkeys/{passkeyId}";

    /** Fields of several lines. */
    private static final Pattern MULTI_LINE = Pattern.compile(
            ".* description|.*/presences/.* message|.* (?:options|annex)[.][*][.][*]|.*[.]property\\[][.]value");

    @SuppressWarnings("NullAway.Init")
    private static Belongings belongings;

    @BeforeAll
    static void thereAreThingsToChange() {
        belongings = Belongings.ofDemo(LAPSE);
    }

    @AfterAll
    static void clear() {
        belongings.clear();
        LAPSE.administrator().restore();
    }

    static Stream<Endpoint> endpoints() {
        return Endpoint.describedBy(LAPSE).stream()
                .filter(endpoint -> endpoint.hasBody() && !endpoint.form())
                .filter(endpoint -> endpoint.isApi() || endpoint.path().startsWith("/gax/"))
                .filter(endpoint -> !endpoint.fields().isEmpty())
                .flatMap(endpoint -> Belongings.kindsOf(endpoint).stream());
    }

    @ParameterizedTest
    @MethodSource("endpoints")
    void unreadableTextIsRefusedInEveryField(Endpoint endpoint) {
        SoftAssertions all = new SoftAssertions();
        for (String field : endpoint.fields()) {
            String place = endpoint + " " + field;
            if (VERBATIM.keySet().stream().noneMatch(one -> one.matcher(place).matches())) {
                all.check(() -> refuses(endpoint, field, DIRECTION));
                all.check(() -> refuses(endpoint, field, CONTROL));
                if (!MULTI_LINE.matcher(place).matches()) {
                    all.check(() -> refuses(endpoint, field, LINE));
                }
            }
        }
        all.assertAll();
    }

    private static void refuses(Endpoint endpoint, String field, String text) {
        Answer answer =
                belongings.call(endpoint.method(), endpoint.pathWith(belongings.ids()), Endpoint.bodyWith(field, text));
        assertThat(answer).isRefused(400, "invalid.value");
        String named = answer.json().at("/details/0/fieldName").asText();
        assertThat(named).as("%s %s: %s", endpoint, field, answer.body()).startsWith(firstName(field));
    }

    private static String firstName(String field) {
        return field.split("[.\\[]", 2)[0];
    }

    @ParameterizedTest
    @MethodSource("endpoints")
    void nameThatNobodySeesWholeIsRefused(Endpoint endpoint) {
        Optional<String> name = endpoint.firstFields().stream()
                .filter(field -> !endpoint.toString().equals(NOBODYS))
                .filter(field -> field.equals("name") || field.equals("reason"))
                .filter(field -> VERBATIM.keySet().stream()
                        .noneMatch(one -> one.matcher(endpoint + " " + field).matches()))
                .findFirst();
        SoftAssertions all = new SoftAssertions();
        name.ifPresent(field -> List.of("", " ", "\\u200b", "\\u00a0", "\\u200d", " a", "a ", "a\\u3000", "\\ufeffa")
                .forEach(text -> all.check(() -> assertThat(belongings.call(
                                endpoint.method(),
                                endpoint.pathWith(belongings.ids()),
                                bodyWithName(endpoint, field, text)))
                        .isRefused(400, "invalid.value")
                        .namesField(field))));
        all.assertAll();
    }

    /** A body in which nothing but the name is wrong. */
    private static String bodyWithName(Endpoint endpoint, String field, String text) {
        return "{\"" + field + "\":\"" + text + "\"" + whatIsNeededBesides(endpoint) + "}";
    }

    private static String whatIsNeededBesides(Endpoint endpoint) {
        return switch (endpoint.toString()) {
            case "POST /api/v2/users" -> ",\"email\":\"names@demo.example\"";
            case "POST /api/v2/applications" -> ",\"template\":{\"dbid\":1}";
            case "POST /gax/api/cfg/objects" -> ",\"type\":\"CfgApplication\",\"appprototypedbid\":\"1\"";
            case "PUT /api/v2/groups/{groupId}", "PATCH /api/v2/users/{userId}" ->
                ",\"version\":"
                        + belongings
                                .call("GET", endpoint.pathWith(belongings.ids()), null)
                                .expect(200)
                                .json()
                                .required("version");
            default -> "";
        };
    }

    @Test
    void nameOfAnyLanguageIsKeptAsItIs() {
        String name = "\u05d3\u05e0\u05d4 \u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645 \u2764\ufe0f";
        String group = "/api/v2/groups/" + belongings.id(Belongings.GROUP);
        int version = LAPSE.service()
                .get(group)
                .expect(200)
                .json()
                .required("version")
                .asInt();

        Answer changed = LAPSE.service()
                .put(group, "{\"version\":" + version + ",\"name\":\"" + name + "\",\"description\":\"a\\n\\tb \"}");

        assertThat(changed.expect(200).json().required("name").asText()).isEqualTo(name);
        assertThat(changed.json().required("description").asText()).isEqualTo("a\n\tb ");
    }

    @Test
    void passwordOf256CharactersIsTaken() {
        String user = "/api/v2/users/" + belongings.id(Belongings.USER);
        String email =
                LAPSE.service().get(user).expect(200).json().required("email").asText();
        String longest = "a rather long one ".repeat(15).substring(0, 256);

        LAPSE.service()
                .post(user + "/password", "{\"newPassword\":\"" + longest + "\"}")
                .expect(200);

        DemoDesk desk = new DemoDesk(LAPSE, new Browser(LAPSE));
        assertThat(desk.fillIn(desk.authorize(), email, longest.substring(0, 255)))
                .hasStatus(403);
        assertThat(desk.signIn(email, longest).use()).hasStatus(200);
    }

    @Test
    void passwordIsTakenAsItIs() {
        String user = "/api/v2/users/" + belongings.id(Belongings.USER);
        String email =
                LAPSE.service().get(user).expect(200).json().required("email").asText();

        LAPSE.service()
                .post(user + "/password", "{\"newPassword\":\" Two w\u00f6rds,\\t1 tab and a blank \"}")
                .expect(200);

        assertThat(new DemoDesk(LAPSE, new Browser(LAPSE))
                        .signIn(email, " Two w\u00f6rds,\t1 tab and a blank ")
                        .use())
                .hasStatus(200);
    }
}
