package org.lapse.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page that says where each statement of the source documents is done and shown speaks of what there is. */
class CoverageTest {
    private static final Path PAGE = Path.of("docs/coverage.md");
    private static final Path CODE = Path.of("src/main/java/org/lapse");
    private static final Path TESTS = Path.of("src/test/java/org/lapse");
    private static final Pattern NAME = Pattern.compile("`([A-Za-z.]+)\\.([A-Za-z]+)`");
    private static final int FEWEST_STATEMENTS = 70;

    @Test
    void everyStatementIsDoneAndShown() throws IOException {
        List<String[]> rows = rows();

        assertThat(rows).hasSizeGreaterThan(FEWEST_STATEMENTS).allSatisfy(row -> {
            assertThat(row).hasSize(3).doesNotContain("");
            assertThat(names(row[1])).as(row[0]).isNotEmpty();
            assertThat(names(row[2])).as(row[0]).isNotEmpty();
        });
    }

    @Test
    void everyClassIsThere() throws IOException {
        for (String[] row : rows()) {
            for (MatchResult name : names(row[1])) {
                assertThat(CODE.resolve(name.group(1).replace('.', '/')).resolve(name.group(2) + ".java"))
                        .as(row[0])
                        .exists();
            }
        }
    }

    @Test
    void everyTestIsThere() throws IOException {
        for (String[] row : rows()) {
            for (MatchResult name : names(row[2])) {
                assertThat(testClass(name.group(1))).as(row[0]).contains("void " + name.group(2) + "(");
            }
        }
    }

    private static String testClass(String name) throws IOException {
        try (Stream<Path> files = Files.walk(TESTS)) {
            Path file = files.filter(path -> path.getFileName().toString().equals(name + ".java"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("There is no test " + name));
            return Files.readString(file);
        }
    }

    private static List<MatchResult> names(String cell) {
        return NAME.matcher(cell).results().toList();
    }

    private static List<String[]> rows() throws IOException {
        List<String[]> rows = new ArrayList<>();
        for (String line : Files.readAllLines(PAGE)) {
            if (line.startsWith("| ") && !line.startsWith("| ---") && !line.startsWith("| statement")) {
                String[] cells = line.substring(1, line.lastIndexOf('|')).split("\\|", -1);
                for (int i = 0; i < cells.length; i++) {
                    cells[i] = cells[i].strip();
                }
                rows.add(cells);
            }
        }
        return rows;
    }
}
