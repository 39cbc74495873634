package org.lapse.platform.api;

import java.io.IOException;

/**
 * The rest of a request's body does not come: its client has gone, or was slower than the server waits. Nobody is left,
 * as a rule, to read the answer.
 */
final class BodyMissingException extends IOException {
    private static final long serialVersionUID = 1L;

    BodyMissingException(IOException cause) {
        super("The request's body did not arrive whole.", cause);
    }
}
