package org.lapse.session;

import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What many grants have in common is kept once: a million sessions name few organizations, applications and scopes. */
@Singleton
class SharedParts {
    private final Map<Object, Object> parts = new ConcurrentHashMap<>();

    /** The same grant, made of shared parts. */
    Grant share(Grant grant) {
        return new Grant(
                shared(grant.organizationId()),
                shared(grant.applicationId()),
                grant.userId(),
                grant.name(),
                grant.entitlements(),
                shared(grant.scope()));
    }

    @SuppressWarnings("unchecked") // what is equal to a part is of its class: these are final
    private <P> P shared(P part) {
        Object known = parts.putIfAbsent(part, part);
        return known == null ? part : (P) known;
    }
}
