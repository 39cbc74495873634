package org.lapse.insight.notification;

import java.net.URI;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A channel on the wire.
 *
 * @param connectUri where its socket is connected; told once, when it is opened, because its key is kept as a digest
 * @param id its id; not told of those that other sessions use
 * @param expires when its life is over, unless it is subscribed anew
 */
public record ChannelBody(
        @Nullable URI connectUri, @Nullable UUID id, Instant expires) {}
