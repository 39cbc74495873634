package org.lapse.platform.outbound;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * A socket that is read until a deadline, however often something comes: a peer that sends a byte now and then holds
 * nobody longer than one that is silent. A layer of TLS above reads through it too. It uses no proxy.
 */
final class DeadlineSocket extends Socket {
    private final Supplier<Duration> uptime;
    private final Duration deadline;

    /**
     * A socket that is not connected yet.
     *
     * @param deadline the uptime after which nothing is read
     */
    DeadlineSocket(Supplier<Duration> uptime, Duration deadline) {
        super(Proxy.NO_PROXY);
        this.uptime = uptime;
        this.deadline = deadline;
    }

    /** The milliseconds that are left, at least one. */
    int remainingMillis() throws SocketTimeoutException {
        long left = deadline.minus(uptime.get()).toMillis();
        if (left <= 0) {
            throw new SocketTimeoutException("The answer took too long");
        }
        return (int) Math.min(left, Integer.MAX_VALUE);
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new FilterInputStream(super.getInputStream()) {
            @Override
            public int read() throws IOException {
                setSoTimeout(remainingMillis());
                return super.read();
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                setSoTimeout(remainingMillis());
                return super.read(into, offset, length);
            }
        };
    }
}
