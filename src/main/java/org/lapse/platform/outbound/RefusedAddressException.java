package org.lapse.platform.outbound;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** An address that this server does not call. Its message tells an administrator why, and nothing of the address. */
public final class RefusedAddressException extends IOException {
    private static final long serialVersionUID = 1L;

    RefusedAddressException(@Nullable String message) {
        super(message);
    }
}
