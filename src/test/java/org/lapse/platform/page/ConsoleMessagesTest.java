package org.lapse.platform.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The console's message files are complete. */
class ConsoleMessagesTest {
    private static final Path ADMIN = Path.of("src/main/webapp/admin");

    /** A message that the console's code names. */
    private static final Pattern NAMED =
            Pattern.compile("\\bt\\((?:[^'`()]*\\? )?'([a-z][A-Za-z.-]+)'(?: : '([A-Za-z.-]+)')?");

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\w+}");

    private static Map<String, String> messages(String language) throws IOException {
        return new ObjectMapper()
                .readValue(ADMIN.resolve("messages/" + language + ".json").toFile(), new TypeReference<>() {});
    }

    @Test
    void whatIsSaidInOneLanguageIsSaidInTheOther() throws IOException {
        Set<String> german = new TreeSet<>(messages("de").keySet());
        german.removeIf(key -> key.startsWith("lock.")); // in English the client's own words stand

        assertThat(german).isEqualTo(new TreeSet<>(messages("en").keySet()));
    }

    @Test
    void bothSpeakOfTheSameValues() throws IOException {
        Map<String, String> german = messages("de");

        messages("en").forEach((key, english) -> {
            if (!key.endsWith(".one")) {
                assertThat(placeholders(String.valueOf(german.get(key))))
                        .as(key)
                        .isEqualTo(placeholders(english));
            }
        });
    }

    private static Set<String> placeholders(String message) {
        return PLACEHOLDER.matcher(message).results().map(MatchResult::group).collect(Collectors.toSet());
    }

    @Test
    void everyMessageThatIsNamedIsThere() throws IOException {
        Set<String> known = messages("de").keySet(); // which has all
        Set<String> missing = new TreeSet<>();
        try (Stream<Path> files = Files.walk(ADMIN)) {
            List<Path> modules =
                    files.filter(file -> file.toString().endsWith(".js")).toList();
            assertThat(modules).isNotEmpty();
            for (Path module : modules) {
                NAMED.matcher(Files.readString(module))
                        .results()
                        .flatMap(named -> Stream.of(named.group(1), named.group(2)))
                        .filter(key -> key != null && !known.contains(key) && !known.contains(key + ".other"))
                        .forEach(key -> missing.add(module + " " + key));
            }
        }

        assertThat(missing).isEmpty();
    }

    @Test
    void everythingThatIsCountedHasTwoForms() throws IOException {
        Set<String> known = messages("en").keySet();

        assertThat(known.stream().filter(key -> key.endsWith(".one")).map(key -> key.replaceAll("one$", "other")))
                .isNotEmpty()
                .allMatch(known::contains);
    }
}
