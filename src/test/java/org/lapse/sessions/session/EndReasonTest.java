package org.lapse.sessions.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every reason has its words, wherever reasons are put into words. */
class EndReasonTest {
    /** What the keys of German sentences end with. */
    private static final String GERMAN = ".de";

    static List<Path> languagesOfThePages() throws IOException {
        return files(Path.of("src/main/resources/org/lapse/platform/page"), "messages[_a-z]*\\.properties");
    }

    static List<Path> languagesOfTheConsole() throws IOException {
        return files(Path.of("src/main/webapp/admin/messages"), "[a-z]+\\.json");
    }

    private static List<Path> files(Path folder, String name) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file -> file.getFileName().toString().matches(name))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("languagesOfThePages")
    void theSignInPageHasASentenceForEachReason(Path language) throws IOException {
        Properties messages = new Properties();
        try (Reader file = Files.newBufferedReader(language)) {
            messages.load(file);
        }
        Set<String> sentences = messages.stringPropertyNames().stream()
                .filter(key -> key.startsWith("reason."))
                .collect(Collectors.toCollection(TreeSet::new));
        sentences.removeIf(key -> key.startsWith("reason.ended")); // said where nothing is known of the session
        Set<String> expected = new TreeSet<>(everyReason(EndReason::messageKey));
        expected.addAll(everyReason(reason -> reason.messageKey() + GERMAN));

        assertThat(sentences).isEqualTo(expected);
        assertThat(sentences)
                .allSatisfy(key -> assertThat(messages.getProperty(key)).endsWith("."));
    }

    @ParameterizedTest
    @MethodSource("languagesOfTheConsole")
    void theConsoleHasWordsForEachReason(Path language) throws IOException {
        Map<String, String> messages = new ObjectMapper().readValue(language.toFile(), new TypeReference<>() {});
        Set<String> words = messages.keySet().stream()
                .filter(key -> key.matches("reason\\.[A-Z_]+")) // the audit's other reasons are not in capitals
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(words).isEqualTo(everyReason(reason -> "reason." + reason.name()));
        assertThat(words).allSatisfy(key -> assertThat(messages.get(key)).isNotBlank());
    }

    @Test
    void theConsoleSpeaksEnglishAndGerman() throws IOException {
        assertThat(languagesOfTheConsole())
                .extracting(file -> file.getFileName().toString())
                .contains("de.json", "en.json");
    }

    @Test
    void theDocumentsNameEachReasonThatAChannelIsTold() throws IOException {
        String line = Files.readAllLines(Path.of("docs/api.md")).stream()
                .filter(one -> one.startsWith("| `v2.system.token_revoked` |"))
                .findFirst()
                .orElseThrow();

        assertThat(Arrays.stream(EndReason.values()).map(reason -> '`' + reason.wireName() + '`'))
                .allSatisfy(name -> assertThat(line).contains(name));
    }

    @Test
    void theInterfaceOffersWhatAClientMayTellTheSignInPage() throws IOException {
        String offered = Arrays.stream(EndReason.values())
                .map(EndReason::wireName)
                .filter(name -> EndReason.toldByClient(name).isPresent())
                .collect(Collectors.joining(
                        ", ", "{name: reason, in: query, schema: {type: string, enum: [", ", ended]}"));

        assertThat(Files.readString(Path.of("src/main/resources/META-INF/openapi.yaml")))
                .contains(offered);
    }

    @Test
    void aClientTellsOnlyWhatItFindsOutByItself() {
        assertThat(EndReason.toldByClient("inactivity")).contains(EndReason.INACTIVITY);
        assertThat(EndReason.toldByClient("signed_out")).contains(EndReason.SIGNED_OUT);
        assertThat(EndReason.toldByClient("forced")).isEmpty();
        assertThat(EndReason.toldByClient("user_disabled")).isEmpty();
        assertThat(EndReason.toldByClient("INACTIVITY")).isEmpty();
        assertThat(EndReason.toldByClient("")).isEmpty();
    }

    /** {@code V1__the_main_job.sql} has so much room for a reason. */
    @Test
    void everyReasonFitsIntoItsColumn() {
        assertThat(EndReason.values())
                .allSatisfy(reason -> assertThat(reason.name()).hasSizeLessThanOrEqualTo(30));
    }

    private static Set<String> everyReason(Function<EndReason, String> name) {
        return Arrays.stream(EndReason.values()).map(name).collect(Collectors.toCollection(TreeSet::new));
    }
}
