package org.lapse.sessions.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatusWordTest {

    @ParameterizedTest
    @ValueSource(longs = {-Millis.MAXIMUM, -1, 0, 1, 1_772_438_400_000L, Millis.MAXIMUM})
    void everyPartIsKnownAndAnotherTagChangesNoOther(long moment) {
        for (int use : new int[] {0, 1, StatusWord.USES - 1}) {
            for (int tag = StatusWord.ACTIVE; tag <= StatusWord.HELD; tag++) {
                assertParts(StatusWord.of(moment, use, tag), moment, use, tag);
                assertParts(
                        StatusWord.tagged(StatusWord.of(moment, use, tag), StatusWord.ENDED),
                        moment,
                        use,
                        StatusWord.ENDED);
            }
        }
    }

    private static void assertParts(long word, long moment, int use, int tag) {
        assertThat(StatusWord.moment(word)).isEqualTo(moment);
        assertThat(StatusWord.use(word)).isEqualTo(use);
        assertThat(StatusWord.tag(word)).isEqualTo(tag);
    }
}
