package org.lapse.insight.notification;

import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.lapse.platform.api.Permission;
import org.lapse.platform.api.RecordsActivity;

/** {@code /api/v2/notifications/availabletopics}: what one can subscribe to. */
@Singleton
@Path("v2/notifications/availabletopics")
@Produces(MediaType.APPLICATION_JSON)
@RecordsActivity
public class AvailableTopicsResource {
    /** All of them, with all that is known of them. */
    @GET
    @Operation(summary = "The topics that a notification channel can be subscribed to")
    public TopicListing list() {
        return new TopicListing(
                Arrays.stream(TopicKind.values()).map(AvailableTopic::of).toList());
    }

    /** Topics. */
    public record TopicListing(List<AvailableTopic> entities) {}

    /**
     * A topic on the wire, under the vendor's names.
     *
     * @param id its name, with {@code {id}} for the user's id
     * @param description what one hears
     * @param requiresPermissions what one needs to hear it of another user
     * @param requiresCurrentUserOrPermission whether one needs nothing to hear it of oneself alone
     * @param visibility {@code Public}
     * @param enforced whether that is checked; always
     * @param transports how it comes
     * @param topicParameters what stands in its name
     */
    public record AvailableTopic(
            String id,
            String description,
            List<String> requiresPermissions,
            boolean requiresCurrentUserOrPermission,
            String visibility,
            boolean enforced,
            List<String> transports,
            List<String> topicParameters) {
        static AvailableTopic of(TopicKind kind) {
            return new AvailableTopic(
                    "v2.users.{id}." + kind.wireName(),
                    kind.description(),
                    kind.forOthers().map(Permission::wireName).stream().toList(),
                    kind.forOthers().isPresent(),
                    "Public",
                    true,
                    List.of("Websocket"),
                    List.of("id"));
        }
    }
}
