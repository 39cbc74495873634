package org.lapse.platform.outbound;

import java.time.Duration;
import java.util.Optional;

/**
 * What a server answered, and no more of it than is needed.
 *
 * @param status the status code (RFC 9110 section 15)
 * @param retryAfter when it wants to be asked again, if it says so in seconds
 * @param beginning the first printable characters of the body of a refusal; empty where there is none
 */
public record OutboundAnswer(int status, Optional<Duration> retryAfter, String beginning) {
    /** Whether the call was taken (2xx). */
    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }
}
