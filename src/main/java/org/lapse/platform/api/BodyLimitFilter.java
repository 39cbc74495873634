package org.lapse.platform.api;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Reads no request's body beyond {@code lapse.http.body-maximum} bytes, whether its length was announced or not, and
 * tells a body that stays away from a fault of ours. It is mapped to whatever reads a body; the gate reads none, and is
 * no place to say how long one may be that is meant for somebody else.
 */
public class BodyLimitFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    @Inject
    @ConfigProperty(name = "lapse.http.body-maximum", defaultValue = "65536")
    private long maximum;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request.getContentLengthLong() > maximum) {
            Refusals.send(request, response, ApiException.bodyTooLarge("The request's body is too large."));
            return;
        }
        chain.doFilter(request.getContentLengthLong() == 0 ? request : new Limited(request, maximum), response);
    }

    /** A request whose body is counted while it is read. */
    private static final class Limited extends HttpServletRequestWrapper {
        private final long maximum;

        Limited(HttpServletRequest request, long maximum) {
            super(request);
            this.maximum = maximum;
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            return new Counted(super.getInputStream(), maximum);
        }

        @Override
        public BufferedReader getReader() throws IOException {
            return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
        }
    }

    private static final class Counted extends ServletInputStream {
        private final ServletInputStream body;
        private final long maximum;
        private long count;

        Counted(ServletInputStream body, long maximum) {
            this.body = body;
            this.maximum = maximum;
        }

        @Override
        public int read() throws IOException {
            int read = readByte();
            count(read < 0 ? 0 : 1);
            return read;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read;
            try {
                read = body.read(buffer, offset, length);
            } catch (IOException e) {
                throw new BodyMissingException(e);
            }
            count(Math.max(0, read));
            return read;
        }

        private int readByte() throws BodyMissingException {
            try {
                return body.read();
            } catch (IOException e) {
                throw new BodyMissingException(e);
            }
        }

        private void count(int read) throws BodyTooLargeException {
            count += read;
            if (count > maximum) {
                throw new BodyTooLargeException(maximum);
            }
        }

        @Override
        public boolean isFinished() {
            return body.isFinished();
        }

        @Override
        public boolean isReady() {
            return body.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            body.setReadListener(listener);
        }
    }
}
