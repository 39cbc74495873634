package org.lapse.insight.notification;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be sent on one socket: at most {@value #LONGEST} frames, sent one after the other in the order in which
 * they came, on other threads than those that offer them. Nobody ever waits for the peer.
 */
final class Outbox {
    /** The most frames that may wait. */
    static final int LONGEST = 256;

    private final Wire wire;
    private final Executor executor;
    private final Queue<String> waiting = new ArrayDeque<>();
    private @Nullable Closing closing;
    private boolean sending;
    private boolean closed;
    private long sent;
    private long sentAtLastLook = -1;

    Outbox(Wire wire, Executor executor) {
        this.wire = wire;
        this.executor = executor;
    }

    /** The connection to the peer. */
    interface Wire {
        /** Sends a frame without waiting for it, and then says whether it went. */
        void send(String frame, Consumer<Boolean> went);

        /** Closes the connection. */
        void close(Closing why);
    }

    /** Takes a frame, unless the socket is to be closed anyway; false where too many wait already. */
    synchronized boolean offer(String frame) {
        if (closing != null) {
            return true;
        }
        if (waiting.size() >= LONGEST) {
            return false;
        }
        waiting.add(frame);
        goOn();
        return true;
    }

    /**
     * Closes the connection once what waits, and these last frames, have been sent; false where it is closed already.
     */
    synchronized boolean finish(List<String> last, Closing why) {
        if (closing != null) {
            return false;
        }
        waiting.addAll(last);
        closing = why;
        goOn();
        return true;
    }

    /** Closes the connection at once; false where that has been done. */
    synchronized boolean abandon(Closing why) {
        if (closed) {
            return false;
        }
        closing = why;
        closed = true;
        waiting.clear();
        executor.execute(() -> wire.close(why));
        return true;
    }

    /** The peer has gone: nothing is sent any more. */
    synchronized void peerHasGone() {
        closing = Closing.SHUTDOWN;
        closed = true;
        waiting.clear();
    }

    /** Whether nothing at all went since this was asked last, though something is to be sent. */
    synchronized boolean isStalled() {
        boolean stalled = sending && sent == sentAtLastLook;
        sentAtLastLook = sent;
        return stalled;
    }

    private void goOn() {
        if (!sending && !closed) {
            sending = true;
            executor.execute(this::sendNext);
        }
    }

    private void sendNext() {
        String next;
        Closing end = null;
        synchronized (this) {
            next = waiting.poll();
            if (next == null) {
                sending = false;
                if (closing != null && !closed) {
                    closed = true;
                    end = closing;
                }
            }
        }
        if (next != null) {
            wire.send(next, this::wentOn);
        } else if (end != null) {
            wire.close(end);
        }
    }

    private synchronized void wentOn(boolean went) {
        if (!went) {
            waiting.clear();
        }
        sent++;
        executor.execute(this::sendNext);
    }
}
