package org.lapse.platform.api;

import java.io.IOException;

/** Thrown to the reader of a request's body that is longer than {@code lapse.http.body-maximum}. */
public final class BodyTooLargeException extends IOException {
    private static final long serialVersionUID = 1L;

    BodyTooLargeException(long maximum) {
        super("The body is longer than " + maximum + " bytes");
    }
}
