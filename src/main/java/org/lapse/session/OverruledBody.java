package org.lapse.session;

import java.util.List;
import org.lapse.timeout.OverruledRule;
import org.lapse.timeout.TimeoutDecision;

/**
 * A rule that set a timeout and did not decide, on the wire.
 *
 * @param rule which one: {@code group}, {@code organization} or {@code application}
 * @param timeoutSeconds the timeout that it would have given
 * @param reason why it did not decide, in one sentence
 */
public record OverruledBody(String rule, long timeoutSeconds, String reason) {
    private static OverruledBody of(OverruledRule overruled) {
        return new OverruledBody(
                overruled.rule().wireName(), overruled.timeout().duration().toSeconds(), overruled.reason());
    }

    /** All the rules that a decision overruled. */
    public static List<OverruledBody> of(TimeoutDecision decision) {
        return decision.overruled().stream().map(OverruledBody::of).toList();
    }
}
