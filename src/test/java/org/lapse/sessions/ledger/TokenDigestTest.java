package org.lapse.sessions.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HexFormat;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenDigestTest {

    /** The first two are the examples of NIST; the third has letters beyond ASCII. */
    @ParameterizedTest
    @CsvSource({
        "abc, ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        "'', e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "Gr\u00fc\u00dfe, f83e039796c6453a10f5519e39fd113901572316a1a8ea07cb525d2801dfd074",
    })
    void theDigestIsSha256OfTheUtf8Bytes(String token, String hex) {
        assertThat(HexFormat.of().formatHex(TokenDigest.of(token).bytes())).isEqualTo(hex);
    }

    @Test
    void aStoredDigestIsEqualToTheOneOfItsToken() {
        TokenDigest digest = TokenDigest.of("token");

        assertThat(TokenDigest.ofBytes(digest.bytes())).isEqualTo(digest).hasSameHashCodeAs(digest);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7, 8, 15, 16, 23, 24, 31})
    void digestsThatDifferInOneBitAreDifferent(int position) {
        byte[] bytes = TokenDigest.of("token").bytes();
        bytes[position] ^= 1;

        assertThat(TokenDigest.ofBytes(bytes)).isNotEqualTo(TokenDigest.of("token"));
        assertThat(TokenDigest.ofBytes(bytes).bytes()).isEqualTo(bytes);
    }

    @Test
    void aDigestIsNotEqualToAnythingElse() {
        assertThat(TokenDigest.of("token")).isNotEqualTo("token").isNotEqualTo(null);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 31, 33, 64})
    void aDigestHasThirtyTwoBytes(int length) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TokenDigest.ofBytes(new byte[length]))
                .withMessageContaining(Integer.toString(length));
    }

    @Test
    void theHashCodesOfManyTokensAreSpread() {
        assertThat(IntStream.range(0, 10_000)
                        .map(i -> TokenDigest.of("token" + i).hashCode())
                        .distinct()
                        .count())
                .isGreaterThan(9_990);
    }

    @Test
    void theTextSaysNothingAboutTheToken() {
        assertThat(TokenDigest.of("one")).hasToString("TokenDigest");
    }
}
