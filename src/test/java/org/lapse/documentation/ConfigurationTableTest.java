package org.lapse.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table in {@code docs/configuration.md} and the code name the same keys with the same defaults. */
class ConfigurationTableTest {
    private static final Pattern IN_CODE =
            Pattern.compile("@ConfigProperty\\(\\s*name = \"([^\"]+)\"(?:,\\s*defaultValue =\\s*\"([^\"]*)\")?\\s*\\)");
    private static final Pattern IN_TABLE = Pattern.compile("(?m)^\\| `(lapse\\.[^`]+)` \\| [^|]+ \\| ([^|]+) \\|");
    private static final String NO_DEFAULT = "";

    @Test
    void tableNamesEveryKeyWithItsDefault() throws IOException {
        assertThat(keysOfTable()).containsExactlyEntriesOf(keysOfCode());
    }

    private static Map<String, String> keysOfCode() throws IOException {
        Map<String, String> keys = new TreeMap<>();
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            for (Path source :
                    sources.filter(path -> path.toString().endsWith(".java")).toList()) {
                Matcher found = IN_CODE.matcher(Files.readString(source));
                while (found.find()) {
                    String value = found.group(2) == null ? NO_DEFAULT : found.group(2);
                    assertThat(keys.getOrDefault(found.group(1), value))
                            .as("every use of %s has the same default", found.group(1))
                            .isEqualTo(value);
                    keys.put(found.group(1), value);
                }
            }
        }
        return keys;
    }

    private static Map<String, String> keysOfTable() throws IOException {
        Map<String, String> keys = new TreeMap<>();
        Matcher found = IN_TABLE.matcher(Files.readString(Path.of("docs/configuration.md")));
        while (found.find()) {
            String value = found.group(2).strip();
            keys.put(found.group(1), value.startsWith("`") ? value.replace("`", "") : NO_DEFAULT);
        }
        return keys;
    }
}
