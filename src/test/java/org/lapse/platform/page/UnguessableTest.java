package org.lapse.platform.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class UnguessableTest {
    @Test
    void valuesHave256BitsAndNoTwoAreAlike() {
        assertThat(Stream.generate(Unguessable::next).limit(1_000))
                .doesNotHaveDuplicates()
                .allSatisfy(value -> {
                    assertThat(Base64.getUrlDecoder().decode(value)).hasSize(32);
                    assertThat(Unguessable.hasForm(value)).isTrue();
                });
    }
}
