package org.lapse.rules.timeout;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ApplicationTimeoutTest {

    private static final ApplicationTimeout FIVE =
            new ApplicationTimeout("five", "minutes", InactivityTimeout.ofMinutes(5));
    private static final ApplicationTimeout TEN =
            new ApplicationTimeout("ten", "minutes", InactivityTimeout.ofMinutes(10));

    @Test
    void theShorterOneIsFoundOnEitherSide() {
        assertThat(ApplicationTimeout.shorterOf(FIVE, TEN)).isSameAs(FIVE);
        assertThat(ApplicationTimeout.shorterOf(TEN, FIVE)).isSameAs(FIVE);
    }

    @Test
    void ofTwoEqualTimeoutsTheFirstIsTaken() {
        ApplicationTimeout same = new ApplicationTimeout("same", "seconds", InactivityTimeout.ofSeconds(300));

        assertThat(ApplicationTimeout.shorterOf(FIVE, same)).isSameAs(FIVE);
    }
}
