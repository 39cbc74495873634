package org.lapse.insight.oversight;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;
import org.lapse.platform.api.ApiException;
import org.lapse.platform.api.SortOrder;

/** In which order live sessions are listed. Where two are alike their ids decide, so that pages do not overlap. */
record SessionOrder(Comparator<SeenSession> comparator) {

    /**
     * The order by one property.
     *
     * @throws ApiException 400 {@code invalid.value}
     */
    static SessionOrder of(@Nullable String sortBy, SortOrder order) {
        Comparator<SeenSession> byProperty =
                switch (sortBy == null ? "timeLeft" : sortBy) {
                    case "timeLeft" -> Comparator.comparing(SeenSession::deadline);
                    case "lastActivity" -> Comparator.comparing(SeenSession::lastActivity);
                    case "user" -> Comparator.comparing(SeenSession::name);
                    case "application" -> Comparator.comparing(SeenSession::applicationId);
                    default ->
                        throw ApiException.invalidValue(
                                "sortBy", "Sessions are sorted by timeLeft, lastActivity, user or application.");
                };
        Comparator<SeenSession> complete =
                byProperty.thenComparing(seen -> seen.session().id());
        return new SessionOrder(order == SortOrder.DESC ? complete.reversed() : complete);
    }
}
