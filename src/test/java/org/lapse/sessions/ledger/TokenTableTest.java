package org.lapse.sessions.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TokenTableTest {
    private static final int MANY = 10_000;

    private final TokenTable<String> table = new TokenTable<>();

    private static TokenDigest token(int i) {
        return TokenDigest.of("token" + i);
    }

    private static LiveSession<String> session(int i) {
        return LedgerFixture.session(Row.opened("session" + i, i, "token" + i), LedgerFixture.never());
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

        assertThat(sessions).allSatisfy(session -> assertThat(
                        table.find(TokenDigest.ofBytes(session.token().bytes())))
                .isSameAs(session));
        assertThat(table.find(TokenDigest.of("another"))).isNull();
    }

    @Test
    void secondOneWithTheSameDigestIsNotAdded() {
        LiveSession<String> first = session(1);
        table.add(first);

        assertThat(table.add(session(1))).isFalse();
        assertThat(table.add(new FormerToken<>(token(1), session(2), 0))).isFalse();

        assertThat(table.find(token(1))).isSameAs(first);
    }

    @Test
    void anotherOneWithTheSameDigestIsNotTakenOutInItsPlace() {
        LiveSession<String> first = session(1);
        table.add(first);

        assertThat(table.remove(session(1))).isFalse();
        assertThat(table.find(token(1))).isSameAs(first);
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
        assertThat(sessions)
                .allSatisfy(session -> assertThat(table.find(session.token())).isSameAs(session));
    }

    @Test
    void formerTokenTakesThePlaceOfItsSessionWhichCarriesAnotherOne() {
        List<LiveSession<String>> sessions = addMany();

        for (int i = 0; i < MANY; i++) {
            LiveSession<String> session = sessions.get(i);
            table.replace(session, new FormerToken<>(token(i), session, 1));
            session.carry(token(MANY + i));
            assertThat(table.add(session)).isTrue();
        }

        for (int i = 0; i < MANY; i++) {
            TokenEntry<String> former = table.find(token(i));
            assertThat(former).isInstanceOf(FormerToken.class);
            assertThat(Objects.requireNonNull(former).session())
                    .isSameAs(sessions.get(i))
                    .isSameAs(table.find(token(MANY + i)));
        }
    }

    @Test
    void nothingTakesThePlaceOfWhatIsNotThere() {
        LiveSession<String> session = session(1);

        table.replace(session, new FormerToken<>(token(1), session, 1));

        assertThat(table.find(token(1))).isNull();
    }
}
