package org.lapse.organizations.authenticator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.lapse.platform.database.StoragePassphrase;

class EncryptedSecretsTest {
    private static final UUID ALICE = UUID.randomUUID();
    private static final byte[] SECRET = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);

    private static EncryptedSecrets with(String passphrase) {
        return new EncryptedSecrets(new StoragePassphrase(Optional.of(passphrase)));
    }

    private static EncryptedSecrets withoutPassphrase() {
        return new EncryptedSecrets(new StoragePassphrase(Optional.empty()));
    }

    @Test
    void anotherServerWithThePassphraseReadsWhatWasWritten() {
        String stored = with("correct horse").write(ALICE, SECRET);

        assertThat(stored).startsWith("aes.").hasSizeLessThan(500);
        assertThat(with("correct horse").read(ALICE, stored)).isEqualTo(SECRET);
    }

    @Test
    void nobodyReadsItWithAnotherPassphraseOrForAnotherUser() {
        String stored = with("correct horse").write(ALICE, SECRET);

        assertThatIllegalStateException()
                .isThrownBy(() -> with("battery staple").read(ALICE, stored))
                .withMessageContaining("lapse.signing-key.passphrase");
        assertThatIllegalStateException().isThrownBy(() -> with("correct horse").read(UUID.randomUUID(), stored));
    }

    @Test
    void whatWasWrittenBeforeThereWasAPassphraseCanStillBeRead() {
        String stored = withoutPassphrase().write(ALICE, SECRET);

        assertThat(with("correct horse").read(ALICE, stored)).isEqualTo(SECRET);
    }
}
