package org.lapse.platform.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No address holds a secret, under whatever name our forms and bodies have it. */
class SecretNamesTest {
    private static final Path SOURCES = Path.of("src/main/java");
    private static final Path TEMPLATES = Path.of("src/main/resources/org/lapse/platform/page");

    /** A field of a form on our pages. */
    private static final Pattern FIELD_OF_A_FORM = Pattern.compile("<(?:input|button)\\b[^>]* name=\"([a-zA-Z_]+)\"");

    /** A field that a servlet reads. */
    private static final Pattern READ_FIELD = Pattern.compile(
            "(?:getParameter|(?:fields|form|parameters|message)[.]get|field\\(request,)[( ]\"([a-zA-Z_]+)\"");

    /** What keeps a secret out of its text says so. */
    private static final Pattern HIDING = Pattern.compile("return \"(\\w+)\\[hidden]\"");

    private static final Pattern COMPONENT = Pattern.compile("String (\\w+)[,)]");

    /** What is no secret, so that each new name is looked at by somebody. */
    private static final Set<String> HARMLESS = Set.of(
            "accessTokenId",
            "action",
            "answer",
            "application",
            "client_id",
            "code_challenge",
            "code_challenge_method",
            "decision",
            "done",
            "endOtherSessions",
            "error",
            "hash",
            "id",
            "login_hint",
            "max_age",
            "method",
            "next",
            "nonce",
            "post_logout_redirect_uri",
            "redirect_uri",
            "request",
            "request_uri",
            "scope",
            "session",
            "state",
            "step",
            "uri",
            "username",
            "value");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password",
                "newPassword",
                "new_password",
                "oldPassword",
                "repeated_password",
                "newPasswordAgain",
                "client_secret",
                "refresh_token",
                "access_token",
                "token",
                "code_verifier",
                "client_assertion",
                "oneTimeCode",
                "recoveryCode",
                "PASSWORD",
                "pass%77ord",
                "user[password]",
                "x=1&password",
                "x=1;password",
                "%zzpassword",
            })
    void secretIsKnownByItsName(String name) {
        assertThat(SecretNames.isIn("/anywhere", name + "=value")).isTrue();
        assertThat(SecretNames.isIn("/anywhere", name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "code=a&state=b&iss=c",
                "id_token_hint=a&post_logout_redirect_uri=b",
                "code_challenge=a&code_challenge_method=S256&nonce=n",
                "token_type_hint=a",
                "client_assertion_type=a",
                "contains=password",
                "",
                "&&=",
            })
    void whatBelongsIntoAnAddressStays(String query) {
        assertThat(SecretNames.isIn("/demo/", query)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/oauth/token", "/oauth/authorize", "/password/", "/api/v2/relogin", "/gax/api/session/login"})
    void codeIsASecretWhereItIsHandedIn(String path) {
        assertThat(SecretNames.isIn(path, "code=123456")).isTrue();
    }

    @Test
    void everyFieldOfFormsAndHiddenBodiesIsASecretOrKnownToBeNone() {
        Set<String> names = new TreeSet<>();
        contents(TEMPLATES, ".mustache").forEach(page -> addAll(names, FIELD_OF_A_FORM, page));
        contents(SOURCES, ".java").forEach(source -> {
            addAll(names, READ_FIELD, source);
            HIDING.matcher(source).results().forEach(type -> addAll(names, COMPONENT, header(source, type.group(1))));
        });

        assertThat(names).contains("password", "newPassword", "new_password", "code", "credential", "client_secret");
        assertThat(names)
                .filteredOn(name -> !SecretNames.isIn("/oauth/token", name))
                .isSubsetOf(HARMLESS);
    }

    /** The components of a record, as they are written; empty for what is no record. */
    private static String header(String source, String type) {
        int begin = source.indexOf("record " + type + "(");
        return begin < 0 ? "" : source.substring(begin, source.indexOf('{', begin));
    }

    private static void addAll(Set<String> names, Pattern pattern, String text) {
        pattern.matcher(text).results().map(SecretNamesTest::name).forEach(names::add);
    }

    private static String name(MatchResult found) {
        return found.group(1);
    }

    private static List<String> contents(Path root, String ending) {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .map(SecretNamesTest::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
