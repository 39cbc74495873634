package org.lapse.application;

import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.lapse.changes.InForce;
import org.lapse.timeout.TimeoutRulesChanged;

/** What holds for the sessions of each application, in memory: a change replaces it as soon as it is committed. */
@Singleton
public class RulesInForce {
    private final Applications applications;
    private final Event<TimeoutRulesChanged> changed;
    private final Map<String, InForce<ApplicationRules>> byApplication = new ConcurrentHashMap<>();

    @Inject
    RulesInForce(Applications applications, Event<TimeoutRulesChanged> changed) {
        this.applications = applications;
        this.changed = changed;
    }

    /** What holds for the sessions of an application that exists. */
    public ApplicationRules of(String applicationId) {
        return byApplication
                .computeIfAbsent(applicationId, id -> inForce(applications.lastSaved(id)))
                .get();
    }

    private static InForce<ApplicationRules> inForce(ApplicationSaved saved) {
        return new InForce<>(saved.rules(), saved.revision());
    }

    void replace(@Observes(during = TransactionPhase.AFTER_SUCCESS) ApplicationSaved saved) {
        InForce<ApplicationRules> known =
                byApplication.putIfAbsent(saved.rules().applicationId(), inForce(saved));
        if (known == null || known.replace(saved.rules(), saved.revision()).isPresent()) {
            changed.fire(new TimeoutRulesChanged(saved.rules().organizationId(), false));
        }
    }
}
