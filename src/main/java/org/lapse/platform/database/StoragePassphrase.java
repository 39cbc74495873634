package org.lapse.platform.database;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What opens the keys and secrets that are encrypted in the database: {@code lapse.signing-key.passphrase}. */
@Singleton
public class StoragePassphrase {
    private final Optional<String> value;

    /** That passphrase, or none. */
    @Inject
    public StoragePassphrase(@ConfigProperty(name = "lapse.signing-key.passphrase") Optional<String> value) {
        this.value = value;
    }

    /** The passphrase; empty where nothing is encrypted. */
    public Optional<String> value() {
        return value;
    }

    @Override
    public String toString() {
        return "StoragePassphrase[hidden]";
    }
}
