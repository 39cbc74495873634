package org.lapse.access.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class StoredJwkTest {
    private static RSAKey key;

    @BeforeAll
    static void generate() throws JOSEException {
        key = new RSAKeyGenerator(2048).keyID("key").generate();
    }

    @Test
    void withoutAPassphraseAKeyIsStoredAsItIs() {
        StoredJwk plain = new StoredJwk(Optional.empty());
        assertThat(plain.read(plain.write(key))).isEqualTo(key);
    }

    @Test
    void withAPassphraseOnlyThePassphraseOpensIt() {
        StoredJwk locked = new StoredJwk(Optional.of("correct horse"));
        String stored = locked.write(key);

        assertThat(stored)
                .doesNotContain("\"d\"")
                .doesNotContain(key.getPrivateExponent().toString());
        assertThat(locked.read(stored)).isEqualTo(key);
        assertThatIllegalStateException()
                .isThrownBy(() -> new StoredJwk(Optional.of("battery staple")).read(stored))
                .withMessageContaining("lapse.signing-key.passphrase");
        assertThatIllegalStateException().isThrownBy(() -> new StoredJwk(Optional.empty()).read(stored));
    }

    @Test
    void aKeyFromBeforeThePassphraseCanStillBeRead() {
        String stored = new StoredJwk(Optional.empty()).write(key);
        assertThat(new StoredJwk(Optional.of("correct horse")).read(stored)).isEqualTo(key);
    }

    @Test
    void whatIsNoKeyIsSaidToBeNone() {
        assertThatIllegalStateException().isThrownBy(() -> new StoredJwk(Optional.empty()).read("nonsense"));
    }
}
