package org.lapse.access.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The page speaks English and German. */
class AccountTextsTest {
    private static final Path TEXTS = Path.of("src/main/resources/org/lapse/access/account");

    @Test
    void everySentenceIsThereInEachLanguage() throws IOException {
        assertThat(keys("texts_de.properties")).isEqualTo(keys("texts.properties"));
    }

    private static Set<String> keys(String file) throws IOException {
        Properties texts = new Properties();
        try (Reader reader = Files.newBufferedReader(TEXTS.resolve(file))) {
            texts.load(reader);
        }
        return texts.stringPropertyNames();
    }

    @Test
    void firstLanguageThatThereIsDecides() {
        assertThat(AccountTexts.in(List.of(Locale.FRENCH, Locale.GERMANY, Locale.ENGLISH))
                        .language())
                .isEqualTo("de");
        assertThat(AccountTexts.in(List.of(Locale.UK, Locale.GERMANY)).language())
                .isEqualTo("en");
        assertThat(AccountTexts.in(List.of(Locale.FRENCH)).language()).isEqualTo("en");
    }

    @Test
    void timeIsSaidInOneUnit() {
        AccountTexts german = AccountTexts.in(List.of(Locale.GERMAN));
        AccountTexts english = AccountTexts.in(List.of(Locale.ENGLISH));

        assertThat(english.ago(Duration.ofSeconds(59))).isEqualTo("just now");
        assertThat(english.ago(Duration.ofMinutes(1))).isEqualTo("1 minute ago");
        assertThat(english.ahead(Duration.ofMinutes(90))).isEqualTo("in 1 hour");
        assertThat(german.ago(Duration.ofDays(2))).isEqualTo("vor 2 Tagen");
        assertThat(german.ahead(Duration.ofMinutes(59))).isEqualTo("in 59 Minuten");
    }
}
