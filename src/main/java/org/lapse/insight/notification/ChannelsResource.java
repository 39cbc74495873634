package org.lapse.insight.notification;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;
import org.lapse.organizations.directory.Users;
import org.lapse.platform.api.ApiException;
import org.lapse.platform.api.Caller;
import org.lapse.platform.api.IssuerIdentifier;
import org.lapse.platform.api.RecordsActivity;
import org.lapse.platform.api.RequiredBody;
import org.lapse.platform.clock.WallClock;
import org.lapse.sessions.session.CurrentSession;

/** {@code /api/v2/notifications/channels}: the channels of the caller in the application that calls. */
@Singleton
@Path("v2/notifications/channels")
@Produces(MediaType.APPLICATION_JSON)
@RecordsActivity
public class ChannelsResource {
    /** Where they are. */
    static final String PATH = "/api/v2/notifications/channels";

    @Inject
    private Channels channels;

    @Inject
    private Sockets sockets;

    @Inject
    private Users users;

    @Inject
    private CurrentSession current;

    @Inject
    private IssuerIdentifier issuer;

    @Inject
    private WallClock clock;

    /** Opens a channel; the answer is the only place where its {@code connectUri} stands. */
    @POST
    @Operation(summary = "Open a notification channel; of more than 20 the one that was used longest ago makes room")
    public ChannelBody open(@Context SecurityContext security) {
        Channels.Opened opened =
                channels.open(Caller.of(security), current.get().id(), clock.now());
        return new ChannelBody(
                issuer.socketEndpoint(ChannelEndpoint.PATH + opened.key()),
                opened.channel().id(),
                opened.channel().expiresAt());
    }

    /** The channels that the caller's session used last, or all of the caller in this application. */
    @GET
    @Operation(summary = "The notification channels of this session, or of the user in this application")
    public ChannelListing list(
            @Parameter(description = "token: those of this session; oauthclient: all in this application")
                    @QueryParam("includechannels")
                    @Nullable
                    String includeChannels,
            @Context SecurityContext security) {
        if (includeChannels != null && !Set.of("token", "oauthclient").contains(includeChannels)) {
            throw ApiException.invalidValue("includechannels", "includechannels is token or oauthclient.");
        }
        UUID sessionId = current.get().id();
        return new ChannelListing(channels.of(Caller.of(security), clock.now()).stream()
                .filter(channel -> "oauthclient".equals(includeChannels)
                        || channel.sessionId().equals(sessionId))
                .map(channel -> new ChannelBody(
                        null, channel.sessionId().equals(sessionId) ? channel.id() : null, channel.expiresAt()))
                .toList());
    }

    /** Whether there is such a channel. */
    @HEAD
    @Path("{channelId}")
    @Operation(summary = "Whether there is such a notification channel")
    public Response exists(@PathParam("channelId") UUID channelId, @Context SecurityContext security) {
        use(Caller.of(security), channelId);
        return Response.ok().build();
    }

    /** What a channel is subscribed to, and whether it is permitted at this moment. */
    @GET
    @Path("{channelId}/subscriptions")
    @Operation(summary = "The topics of a notification channel")
    public SubscriptionListing subscriptions(
            @PathParam("channelId") UUID channelId, @Context SecurityContext security) {
        Caller caller = Caller.of(security);
        Wish wish = new Wish(
                use(caller, channelId).topics().stream().map(Topic::name).collect(Collectors.toUnmodifiableSet()));
        List<SubscriptionBody> answers = wish.answer(channelId, caller, existing(caller, wish));
        return new SubscriptionListing(answers.stream()
                .sorted(Comparator.comparing(answer -> String.valueOf(answer.id())))
                .toList());
    }

    private Channel use(Caller caller, UUID channelId) {
        Channel channel = channels.use(caller, current.get().id(), channelId, clock.now());
        sockets.liveBy(channelId, current.get());
        return channel;
    }

    private Set<UUID> existing(Caller caller, Wish wish) {
        return users.existing(caller.organizationId(), wish.users());
    }

    /** Subscribes to further topics; those that are rejected are told, and not subscribed to. */
    @POST
    @Path("{channelId}/subscriptions")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Add topics to a notification channel, which then lives as long as a new one")
    public SubscriptionListing add(
            @PathParam("channelId") UUID channelId,
            @RequiredBody List<@Nullable SubscriptionBody> body,
            @Context SecurityContext security) {
        return subscribe(channelId, body, Caller.of(security), channels::add);
    }

    /** Subscribes to those topics and no others; those that are rejected are told, and not subscribed to. */
    @PUT
    @Path("{channelId}/subscriptions")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Replace the topics of a notification channel, which then lives as long as a new one")
    public SubscriptionListing replace(
            @PathParam("channelId") UUID channelId,
            @RequiredBody List<@Nullable SubscriptionBody> body,
            @Context SecurityContext security) {
        return subscribe(channelId, body, Caller.of(security), channels::replace);
    }

    private SubscriptionListing subscribe(
            UUID channelId, List<@Nullable SubscriptionBody> body, Caller caller, Change change) {
        use(caller, channelId);
        Wish wish = Wish.of(body);
        Set<UUID> existing = existing(caller, wish);
        change.apply(caller, current.get().id(), channelId, wish.permitted(caller, existing), clock.now());
        return new SubscriptionListing(wish.answer(channelId, caller, existing));
    }

    /** Unsubscribes from everything; the channel stays. */
    @DELETE
    @Path("{channelId}/subscriptions")
    @Operation(summary = "Remove all topics of a notification channel")
    public Response removeAll(@PathParam("channelId") UUID channelId, @Context SecurityContext security) {
        channels.replace(Caller.of(security), current.get().id(), channelId, Set.of(), clock.now());
        sockets.liveBy(channelId, current.get());
        return Response.ok().build();
    }

    /** What is done with the topics of a channel. */
    private interface Change {
        Channel apply(Caller caller, UUID sessionId, UUID channelId, Set<Topic> topics, Instant now);
    }

    /** Channels. */
    public record ChannelListing(List<ChannelBody> entities) {}

    /** Subscriptions. */
    public record SubscriptionListing(List<SubscriptionBody> entities) {}
}
