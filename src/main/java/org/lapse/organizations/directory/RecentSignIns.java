package org.lapse.organizations.directory;

import org.lapse.platform.api.ApiException;
import org.lapse.platform.api.Caller;

/**
 * Who has to sign in again before they change what they, or others, sign in by. The bean of this type is in a package above this one,
 * which knows what somebody has besides the password.
 *
 * @see <a href="https://owasp.org/www-project-application-security-verification-standard/">OWASP ASVS 5.0, 7.5.1 and
 *     7.5.2</a>
 */
public interface RecentSignIns {
    /**
     * Refuses a user who has not signed in lately, with a second factor where there is one. An application on its own,
     * which has no sign-in, is let pass.
     *
     * @throws ApiException 401 {@code insufficient_user_authentication} that says how to sign in
     */
    void demand(Caller caller);
}
