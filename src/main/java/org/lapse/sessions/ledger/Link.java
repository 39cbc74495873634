package org.lapse.sessions.ledger;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A place in a ring: a session in a bucket of the wheel, or the head of the bucket. Alone, it is its own neighbour. The
 * links are part of the session, so that it can leave its bucket in one step and needs no object of its own to be
 * there.
 */
sealed class Link permits TokenEntry {

    private Link next = this;
    private @Nullable Link previous = this;

    /** Whether nothing else is in the ring. */
    @SuppressWarnings("ReferenceEquality") // the same place
    final boolean isAlone() {
        return next == this;
    }

    /** The one that follows; this one if it is alone. */
    final Link next() {
        return next;
    }

    /** Leaves the ring, if it is in one. */
    final void leave() {
        Link before = previous;
        if (before != null) {
            before.next = next;
            next.previous = before;
        }
        next = this;
        previous = this;
    }

    /** Leaves the ring for somebody who has taken it out, and is alone until it is hung into a ring again. */
    final void take() {
        leave();
        previous = null;
    }

    /** Whether somebody has taken it out. */
    final boolean isTaken() {
        return previous == null;
    }

    /** Adds one that is alone at the end of this ring. */
    final void add(Link link) {
        Link last = last();
        link.previous = last;
        link.next = this;
        last.next = link;
        previous = link;
    }

    /** Moves all but the head of another ring to the end of this one. */
    final void addAllOf(Link head) {
        if (head.isAlone()) {
            return;
        }
        Link first = head.next;
        Link last = head.last();
        head.next = head;
        head.previous = head;
        Link before = last();
        first.previous = before;
        before.next = first;
        last.next = this;
        previous = last;
    }

    private Link last() {
        return Objects.requireNonNull(previous, "Nothing is added to what was taken out");
    }
}
