package org.lapse.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TokenTableTest {
    private static final int MANY = 10_000;

    private final TokenTable<String> table = new TokenTable<>();

    private static LiveSession<String> session(int i) {
        return new LiveSession<>(
                LedgerFixture.id("token" + i),
                TokenDigest.of("token" + i),
                "holder",
                LedgerFixture.never(),
                LedgerFixture.START,
                LedgerFixture.START.plus(LedgerFixture.LIFE),
                Kept.IN_USE);
    }

    private List<LiveSession<String>> addMany() {
        List<LiveSession<String>> sessions =
                IntStream.range(0, MANY).mapToObj(TokenTableTest::session).toList();
        assertThat(sessions).allMatch(table::add);
        return sessions;
    }

    @Test
    void eachOfManyIsFoundByItsDigest() {
        List<LiveSession<String>> sessions = addMany();

        assertThat(sessions)
                .allSatisfy(session -> assertThat(table.find(session.token())).isSameAs(session));
        assertThat(table.find(TokenDigest.of("another"))).isNull();
    }

    @Test
    void secondOneWithTheSameDigestIsNotAdded() {
        LiveSession<String> first = session(1);
        table.add(first);

        assertThat(table.add(session(1))).isFalse();

        assertThat(table.find(TokenDigest.of("token1"))).isSameAs(first);
    }

    @Test
    void whatIsTakenOutIsGoneAndTheOthersStay() {
        List<LiveSession<String>> sessions = addMany();
        List<LiveSession<String>> out = sessions.subList(0, MANY / 2);

        assertThat(out).allMatch(table::remove);

        assertThat(out).noneMatch(table::remove).allMatch(session -> table.find(session.token()) == null);
        assertThat(sessions.subList(MANY / 2, MANY))
                .allSatisfy(session -> assertThat(table.find(session.token())).isSameAs(session));
        assertThat(out).allMatch(table::add);
    }
}
