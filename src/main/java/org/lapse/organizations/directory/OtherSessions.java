package org.lapse.organizations.directory;

import org.jspecify.annotations.Nullable;

/**
 * What becomes of a user's other sessions when their password is changed: of all but the one that changes it.
 *
 * @see <a href="https://owasp.org/www-project-application-security-verification-standard/">OWASP ASVS 5.0, 7.4.3</a>
 */
public enum OtherSessions {
    /** They end, and with them their refresh tokens and the sign-ins of other browsers. */
    END,
    /** They go on. */
    KEEP;

    /** What the field {@code endOtherSessions} of a request says: they end unless it is {@code false}. */
    static OtherSessions of(@Nullable Boolean endOtherSessions) {
        return endOtherSessions == null || endOtherSessions ? END : KEEP;
    }
}
