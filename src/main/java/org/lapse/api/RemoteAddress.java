package org.lapse.api;

import jakarta.enterprise.context.RequestScoped;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The address from which the present request came, as the server knows it. Behind a proxy it is the proxy's, unless the
 * server is told to believe that proxy; no header is read here, because anybody can send one.
 */
@RequestScoped
public class RemoteAddress {
    /** Longer than any address; what a server makes of a proxy's header may be longer. */
    private static final int LONGEST = 64;

    private @Nullable String text;

    void learnFrom(HttpServletRequest request) {
        String address = request.getRemoteAddr();
        text = address == null || address.length() <= LONGEST ? address : address.substring(0, LONGEST);
    }

    /** The address, 64 characters at most; empty where no request is the cause, as in a timer. */
    public Optional<String> find() {
        return Optional.ofNullable(text);
    }
}
