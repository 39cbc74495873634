package org.lapse.access.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.lapse.access.signin.SignInFixture;
import org.lapse.sessions.ledger.TokenDigest;

class StoredRefreshTokenTest {
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final Instant END = Wanted.NINE.plus(Duration.ofDays(30));

    private final StoredRefreshToken token = new StoredRefreshToken(
            TokenDigest.of("token"), UUID.randomUUID(), SignInFixture.byPassword(Wanted.NINE), Wanted.NINE, END);

    @Test
    void itIsExpiredExactlyAtItsEnd() {
        assertThat(token.isExpired(END.minusMillis(1))).isFalse();
        assertThat(token.isExpired(END)).isTrue();
        assertThat(token.isExpired(END.plusMillis(1))).isTrue();
    }

    @Test
    void oneThatWasNeverSpentIsNotStolen() {
        assertThat(token.isStolen(GRACE, END)).isFalse();
    }
}
