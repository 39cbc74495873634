package org.lapse.platform.api;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A response that keeps its status, headers, cookies and body, and fails the test of anybody who asks it for anything
 * more.
 */
public final class FakeResponse {
    private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final List<Cookie> cookies = new ArrayList<>();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private int status = HttpServletResponse.SC_OK;

    /** The status that was set last. */
    public int status() {
        return status;
    }

    /** A header that was set. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** The cookies that were added, in that order. */
    public List<Cookie> cookies() {
        return List.copyOf(cookies);
    }

    /** What was written. */
    public String body() {
        return body.toString(StandardCharsets.UTF_8);
    }

    /** As the server hands it over. */
    public HttpServletResponse asServletResponse() {
        return (HttpServletResponse) Proxy.newProxyInstance(
                FakeResponse.class.getClassLoader(),
                new Class<?>[] {HttpServletResponse.class},
                (proxy, called, arguments) -> answer(called.getName(), arguments == null ? new Object[0] : arguments));
    }

    private @Nullable Object answer(String called, Object[] arguments) {
        switch (called) {
            case "setStatus" -> status = (Integer) arguments[0];
            case "setHeader" -> headers.put(String.valueOf(arguments[0]), String.valueOf(arguments[1]));
            case "addCookie" -> cookies.add((Cookie) arguments[0]);
            case "isCommitted" -> {
                return false;
            }
            case "resetBuffer" -> body.reset();
            case "containsHeader" -> {
                return headers.containsKey(String.valueOf(arguments[0]));
            }
            case "getOutputStream" -> {
                return new Body(body);
            }
            case "setContentType", "setCharacterEncoding", "setContentLength" -> {}
            default -> throw new AssertionError("Nobody should ask for " + called);
        }
        return null;
    }

    /** Into what a server writes a body, whatever its length. */
    private static final class Body extends ServletOutputStream {
        private final ByteArrayOutputStream bytes;

        Body(ByteArrayOutputStream bytes) {
            this.bytes = bytes;
        }

        @Override
        public void write(int value) {
            bytes.write(value);
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new AssertionError("Nobody should wait for what is ready");
        }
    }
}
