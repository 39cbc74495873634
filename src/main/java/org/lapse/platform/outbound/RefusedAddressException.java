package org.lapse.platform.outbound;

import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/**
 * An address that this server does not call. Its message tells an administrator why, and nothing of the address. It is
 * what a resolver of names may throw.
 */
public final class RefusedAddressException extends UnknownHostException {
    private static final long serialVersionUID = 1L;

    RefusedAddressException(@Nullable String message) {
        super(message);
    }
}
