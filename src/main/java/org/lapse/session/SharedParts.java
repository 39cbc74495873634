package org.lapse.session;

import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What many grants have in common is kept once: a million sessions name few organizations, applications and scopes. */
@Singleton
class SharedParts {
    private final Map<Grant.SharedPart, Grant.SharedPart> parts = new ConcurrentHashMap<>();

    /** The same grant, with a part that it shares with all that are alike. */
    Grant share(Grant grant) {
        return grant.sharing(part -> {
            Grant.SharedPart known = parts.putIfAbsent(part, part);
            return known == null ? part : known;
        });
    }
}
