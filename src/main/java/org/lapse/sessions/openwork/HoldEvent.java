package org.lapse.sessions.openwork;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.lapse.platform.api.Caller;

/** Something happened to a hold. Fired inside the transaction that writes it. */
public sealed interface HoldEvent {
    /** The hold, as it is now. */
    Hold hold();

    /** When it happened. */
    Instant at();

    /** Who did it; null where it followed from something else, such as the end of the last session. */
    @Nullable
    Caller by();

    /** Work was opened. */
    record HoldOpened(Hold hold, Instant at, @Nullable Caller by) implements HoldEvent {}

    /** Work was ended before the time of its hold was over. */
    record HoldEnded(Hold hold, Instant at, @Nullable Caller by) implements HoldEvent {}
}
