package org.lapse.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page about OWASP ASVS lists every point, and speaks of tests that there are. */
class AsvsTest {
    private static final Path PAGE = Path.of("docs/security/asvs.md");
    private static final Path TESTS = Path.of("src/test/java/org/lapse");
    private static final Pattern TEST = Pattern.compile("`([A-Z][A-Za-z]+(?:IT|Test))#([A-Za-z0-9]+)`");
    private static final Pattern COUNTS = Pattern.compile(
            "Of (\\d+) points (\\d+) do not apply[.] Of the (\\d+) others (\\d+) are met and (\\d+) are not");
    private static final Set<String> VERDICTS = Set.of("met", "not", "does not apply");

    /** How many points of levels 1 and 2 each section of version 5.0.0 begins with; those of level 3 come after them. */
    private static final Map<String, Integer> POINTS = Map.ofEntries(
            Map.entry("6.1", 3),
            Map.entry("6.2", 12),
            Map.entry("6.3", 4),
            Map.entry("6.4", 4),
            Map.entry("6.5", 5),
            Map.entry("6.6", 3),
            Map.entry("6.8", 4),
            Map.entry("7.1", 3),
            Map.entry("7.2", 4),
            Map.entry("7.3", 2),
            Map.entry("7.4", 5),
            Map.entry("7.5", 2),
            Map.entry("7.6", 2),
            Map.entry("8.1", 2),
            Map.entry("8.2", 3),
            Map.entry("8.3", 1),
            Map.entry("8.4", 1),
            Map.entry("9.1", 3),
            Map.entry("9.2", 4),
            Map.entry("10.1", 2),
            Map.entry("10.2", 2),
            Map.entry("10.3", 4),
            Map.entry("10.4", 11),
            Map.entry("10.5", 5),
            Map.entry("10.6", 2),
            Map.entry("10.7", 3));

    /**
     * A row of the list.
     *
     * @param point the number in the standard
     * @param level 1 or 2
     * @param verdict met, not, or does not apply
     * @param reason the tests that show it, or why not
     */
    record Row(String point, String level, String verdict, String reason) {
        List<MatchResult> tests() {
            return TEST.matcher(reason).results().toList();
        }
    }

    @Test
    void everyPointIsListedOnce() throws IOException {
        List<String> expected = POINTS.entrySet().stream()
                .flatMap(section -> IntStream.rangeClosed(1, section.getValue())
                        .mapToObj(number -> section.getKey() + "." + number))
                .toList();

        assertThat(rows().stream().map(Row::point)).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void everyPointHasAVerdictAndWhatShowsIt() throws IOException {
        assertThat(rows()).allSatisfy(row -> {
            assertThat(row.level()).as(row.point()).isIn("1", "2");
            assertThat(row.verdict()).as(row.point()).isIn(VERDICTS);
            assertThat(row.reason()).as(row.point()).isNotBlank();
            if (row.verdict().equals("met")) {
                assertThat(row.tests()).as(row.point()).isNotEmpty();
            }
        });
    }

    @Test
    void everyTestIsThere() throws IOException {
        List<MatchResult> named = TEST.matcher(Files.readString(PAGE)).results().toList();
        assertThat(named).isNotEmpty();
        for (MatchResult test : named) {
            assertThat(testClass(test.group(1))).as(test.group(1)).contains("void " + test.group(2) + "(");
        }
    }

    @Test
    void countsAreRight() throws IOException {
        Map<String, Long> verdicts =
                rows().stream().collect(Collectors.groupingBy(Row::verdict, Collectors.counting()));
        MatchResult told = COUNTS.matcher(Files.readString(PAGE).replace('\n', ' '))
                .results()
                .findFirst()
                .orElseThrow();
        long met = verdicts.getOrDefault("met", 0L);
        long not = verdicts.getOrDefault("not", 0L);
        long elsewhere = verdicts.getOrDefault("does not apply", 0L);

        assertThat(IntStream.rangeClosed(1, 5).mapToObj(told::group).map(Long::valueOf))
                .containsExactly(met + not + elsewhere, elsewhere, met + not, met, not);
    }

    private static String testClass(String name) throws IOException {
        try (Stream<Path> files = Files.walk(TESTS)) {
            Path file = files.filter(path -> path.getFileName().toString().equals(name + ".java"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("There is no test " + name));
            return Files.readString(file);
        }
    }

    private static List<Row> rows() throws IOException {
        List<Row> rows = new ArrayList<>();
        for (String line : Files.readAllLines(PAGE)) {
            if (line.matches("\\| \\d+[.]\\d+[.]\\d+ \\|.*")) {
                String[] cells = line.substring(1, line.lastIndexOf('|')).split("\\|", -1);
                assertThat(cells).as(line).hasSize(5);
                rows.add(new Row(cells[0].strip(), cells[1].strip(), cells[3].strip(), cells[4].strip()));
            }
        }
        return rows;
    }
}
