package org.lapse.platform.api;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A request that has a line, headers, cookies, perhaps a form, attributes and a sender, and fails the test of anybody
 * who asks it for anything more.
 */
public final class FakeRequest {
    private final String method;
    private final String uri;
    private final @Nullable String query;
    private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final List<Cookie> cookies = new ArrayList<>();
    private final Map<String, Object> attributes = new TreeMap<>();
    private String remoteAddress = "127.0.0.1";
    private String form = "";
    private String servletPath;

    private FakeRequest(String method, String uri, @Nullable String query) {
        this.method = method;
        this.uri = uri;
        this.query = query;
        this.servletPath = uri;
    }

    /** A request for a path and perhaps a query, as it is sent, without headers, from this machine. */
    public static FakeRequest of(String method, String target) {
        int question = target.indexOf('?');
        return question < 0
                ? new FakeRequest(method, target, null)
                : new FakeRequest(method, target.substring(0, question), target.substring(question + 1));
    }

    /** The same with one more header, beside those that it has under that name. */
    public FakeRequest with(String name, String value) {
        headers.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
        return this;
    }

    /** The same with one more cookie. */
    public FakeRequest withCookie(String name, String value) {
        cookies.add(new Cookie(name, value));
        return this;
    }

    /** The same with a form, urlencoded, as its body. */
    public FakeRequest withForm(String encoded) {
        form = encoded;
        return with("Content-Type", "application/x-www-form-urlencoded");
    }

    /** The same from another address. */
    public FakeRequest from(String address) {
        remoteAddress = address;
        return this;
    }

    /** The same for the servlet at another path than the one that is written. */
    public FakeRequest servedAs(String path) {
        servletPath = path;
        return this;
    }

    /** As the server hands it over. */
    public HttpServletRequest asServletRequest() {
        return (HttpServletRequest) Proxy.newProxyInstance(
                FakeRequest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, called, arguments) -> answer(called.getName(), arguments == null ? new Object[0] : arguments));
    }

    private @Nullable Object answer(String called, Object[] arguments) {
        return switch (called) {
            case "getMethod" -> method;
            case "getRequestURI" -> uri;
            case "getQueryString" -> query;
            case "getServletPath" -> servletPath;
            case "getPathInfo" -> null;
            case "getLocale" -> Locale.forLanguageTag(language());
            case "getLocales" -> Collections.enumeration(List.of(Locale.forLanguageTag(language())));
            case "getRemoteAddr" -> remoteAddress;
            case "getContentType" ->
                values(new Object[] {"Content-Type"}).stream().findFirst().orElse(null);
            case "getInputStream" -> new Body(new ByteArrayInputStream(form.getBytes(StandardCharsets.UTF_8)));
            case "getParameterMap" -> parameters();
            case "getParameter" -> parameters().get(String.valueOf(arguments[0]));
            case "getHeader" -> values(arguments).stream().findFirst().orElse(null);
            case "getHeaders" -> Collections.enumeration(values(arguments));
            case "getCookies" -> cookies.isEmpty() ? null : cookies.toArray(Cookie[]::new);
            case "getAttribute" -> attributes.get(String.valueOf(arguments[0]));
            case "setAttribute" -> attributes.put(String.valueOf(arguments[0]), arguments[1]);
            case "removeAttribute" -> attributes.remove(String.valueOf(arguments[0]));
            default -> throw new AssertionError("Nobody should ask for " + called);
        };
    }

    /** Those of the query and of the form; each is there once. */
    private Map<String, String> parameters() {
        Map<String, String> all = new TreeMap<>();
        for (String field : ((query == null ? "" : query) + "&" + form).split("&", -1)) {
            int equals = field.indexOf('=');
            if (equals > 0) {
                all.put(
                        field.substring(0, equals),
                        URLDecoder.decode(field.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return all;
    }

    private String language() {
        return values(new Object[] {"Accept-Language"}).stream().findFirst().orElse("en");
    }

    private List<String> values(Object[] arguments) {
        return headers.getOrDefault(String.valueOf(arguments[0]), List.of());
    }

    /** What a server reads a body from, all of which is there at once. */
    private static final class Body extends ServletInputStream {
        private final InputStream bytes;

        Body(InputStream bytes) {
            this.bytes = bytes;
        }

        @Override
        public int read() throws IOException {
            return bytes.read();
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            return bytes.read(buffer, offset, length);
        }

        @Override
        public boolean isFinished() {
            return false;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new AssertionError("Nobody should wait for what is there");
        }
    }
}
