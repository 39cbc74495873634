package org.lapse.sessions.session;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lapse.rules.timeout.OverruledRule;
import org.lapse.rules.timeout.TimeoutDecision;

/**
 * A rule that set a timeout and did not decide, on the wire.
 *
 * @param rule which one: {@code group}, {@code organization}, {@code application} or {@code hipaa}
 * @param bundlePriority the priority of the group bundle, where it is one
 * @param bundleName what administrators call that bundle, where it has a name
 * @param option the application's option, where it is one
 * @param timeoutSeconds the timeout that it would have given
 * @param why {@code longer} or {@code equal}, as compared with the timeout that holds, or {@code overridden} by a
 *     better bundle
 * @param reason the same in one sentence
 */
public record OverruledBody(
        String rule,
        @Nullable Integer bundlePriority,
        @Nullable String bundleName,
        @Nullable String option,
        long timeoutSeconds,
        String why,
        String reason) {
    private static OverruledBody of(OverruledRule overruled) {
        return new OverruledBody(
                overruled.rule().wireName(),
                overruled.limit().bundlePriority().orElse(null),
                overruled.limit().bundleName().orElse(null),
                overruled.limit().option().orElse(null),
                overruled.timeout().duration().toSeconds(),
                overruled.why().wireName(),
                overruled.reason());
    }

    /** All the rules that a decision overruled. */
    public static List<OverruledBody> of(TimeoutDecision decision) {
        return decision.overruled().stream().map(OverruledBody::of).toList();
    }
}
