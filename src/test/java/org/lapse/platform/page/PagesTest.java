package org.lapse.platform.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PagesTest {
    private static final Pattern PASSWORD_FIELD = Pattern.compile("<input[^>]*name=\"[a-zA-Z]*[pP]assword\"[^>]*>");
    private static final String ATTACK = "\"><script>alert('1')</script>";

    private final Pages pages = new Pages(new Brand(ATTACK, Optional.empty(), "#0f5c63", "#7fd1cb"));

    @Test
    void theSignInPageEscapesWhateverAnApplicationOrAUserPutsIntoIt() {
        String html = pages.render("sign-in", signIn(ATTACK));

        assertThat(html)
                .doesNotContain("<script>")
                .contains("&lt;script&gt;")
                .contains("value=\"&quot;&gt;&lt;script&gt;");
    }

    @ParameterizedTest
    @ValueSource(strings = {"error", "sign-out", "signed-out"})
    void theOtherPagesEscapeToo(String template) {
        String html = pages.render(
                template,
                Map.of(
                        "title", ATTACK,
                        "message", ATTACK,
                        "correlation", ATTACK,
                        "support", ATTACK,
                        "question", ATTACK,
                        "w", Messages.words(Locale.ENGLISH, "sign-out-page"),
                        "errors", List.of(ATTACK),
                        "hidden", List.of(Map.of("name", ATTACK, "value", ATTACK))));

        assertThat(html).doesNotContain("<script").contains("&lt;script&gt;");
    }

    @Test
    void everyFieldOfTheSignInPageHasItsLabelAndIsKnownToPasswordManagers() {
        String html = pages.render("sign-in", signIn("alice"));

        assertThat(html)
                .contains("<label for=\"username\">")
                .contains("<label for=\"password\">")
                .contains("autocomplete=\"username\"")
                .contains("autocomplete=\"current-password\"")
                .contains("<html lang=\"en\">");
    }

    @Test
    void passwordsAreMaskedAndMayBePasted() throws IOException {
        for (String directory : List.of("src/main/resources/org/lapse", "src/main/webapp")) {
            try (Stream<Path> files = Files.walk(Path.of(directory))) {
                for (Path file : files.filter(path -> path.toString().matches(".*[.](mustache|html|js)"))
                        .toList()) {
                    String text = Files.readString(file);
                    PASSWORD_FIELD.matcher(text).results().forEach(field -> assertThat(field.group())
                            .as("%s", file)
                            .contains("type=\"password\"")
                            .containsPattern("autocomplete=\"(current|new)-password\""));
                }
            }
        }
    }

    @Test
    void theFieldThatIsStillEmptyHasTheFocus() {
        assertThat(pages.render("sign-in", signIn("alice"))).containsPattern("id=\"password\"[^>]* autofocus");
        assertThat(pages.render("sign-in", signIn(""))).containsPattern("id=\"username\"[^>]* autofocus");
    }

    @Test
    void aRefusalIsToldToScreenReadersAndTiedToTheFields() {
        assertThat(pages.render("sign-in", signIn("alice")))
                .contains("role=\"alert\" id=\"error\"")
                .containsPattern("id=\"password\"[^>]* aria-invalid=\"true\" aria-describedby=\"error\"");
    }

    @Test
    void noPageHoldsAScriptOrAStyleOfItsOwn() {
        assertThat(pages.render("sign-in", signIn("alice")))
                .doesNotContain("<style", " style=", "onclick")
                .doesNotContainPattern("<script(?![^>]* src=\"/page/)");
    }

    private static Map<String, Object> signIn(String text) {
        return Map.of(
                "title",
                text,
                "reasons",
                List.of(Map.of("parts", List.of(Map.of("text", text, "moments", List.of())))),
                "errors",
                List.of(text),
                "wrong",
                true,
                "username",
                text,
                "usernameKnown",
                !text.isEmpty(),
                "hidden",
                List.of(Map.of("name", "state", "value", text)),
                "inactivity",
                text,
                "w",
                Messages.words(Locale.ENGLISH, "sign-in-page", text));
    }
}
