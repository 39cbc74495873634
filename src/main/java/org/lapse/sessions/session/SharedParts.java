package org.lapse.sessions.session;

import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What many grants have in common is kept once: a million sessions name few organizations, applications and scopes. */
@Singleton
class SharedParts {
    private final Map<SessionPrincipal.SharedPart, SessionPrincipal.SharedPart> parts = new ConcurrentHashMap<>();

    /** The same principal, with a part that it shares with all that are alike. */
    SessionPrincipal share(SessionPrincipal principal) {
        return principal.sharing(part -> {
            SessionPrincipal.SharedPart known = parts.putIfAbsent(part, part);
            return known == null ? part : known;
        });
    }
}
