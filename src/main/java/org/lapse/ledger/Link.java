package org.lapse.ledger;

/**
 * A place in a ring: a session in a bucket of the wheel, or the head of the bucket. Alone, it is its own neighbour. The
 * links are part of the session, so that it can leave its bucket in one step and needs no object of its own to be there.
 * So is the digest by which the ledger finds it; a head is found by its bucket, and has none.
 */
sealed class Link extends TokenDigest permits LiveSession {

    private Link next = this;
    private Link previous = this;

    /** The head of a ring. */
    Link() {
        super();
    }

    /** The place of a session with that digest. */
    Link(TokenDigest token) {
        super(token);
    }

    /** Whether nothing else is in the ring. */
    @SuppressWarnings("ReferenceEquality") // the same place, not the same digest
    final boolean isAlone() {
        return next == this;
    }

    /** The one that follows; this one if it is alone. */
    final Link next() {
        return next;
    }

    /** Leaves the ring, if it is in one. */
    final void leave() {
        previous.next = next;
        next.previous = previous;
        next = this;
        previous = this;
    }

    /** Adds one that is alone at the end of this ring. */
    final void add(Link link) {
        link.previous = previous;
        link.next = this;
        previous.next = link;
        previous = link;
    }

    /** Moves all but the head of another ring to the end of this one. */
    final void addAllOf(Link head) {
        if (head.isAlone()) {
            return;
        }
        Link first = head.next;
        Link last = head.previous;
        head.next = head;
        head.previous = head;
        first.previous = previous;
        previous.next = first;
        last.next = this;
        previous = last;
    }
}
