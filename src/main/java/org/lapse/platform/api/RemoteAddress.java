package org.lapse.platform.api;

import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The address from which the present request came, behind {@linkplain TrustedProxies trusted proxies} the user's. */
@RequestScoped
public class RemoteAddress {
    /** Longer than any address; what a server makes of a proxy's header may be longer. */
    private static final int LONGEST = 64;

    private @Nullable String text;

    void learn(String address) {
        text = address.length() <= LONGEST ? address : address.substring(0, LONGEST);
    }

    /** The address, 64 characters at most; empty where no request is the cause, as in a timer. */
    public Optional<String> find() {
        return Optional.ofNullable(text);
    }
}
