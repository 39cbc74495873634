package org.lapse.api;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A request that has a line, headers, cookies, attributes and a sender, and fails the test of whoever asks it for anything more. */
public final class FakeRequest {
    private final String method;
    private final String uri;
    private final @Nullable String query;
    private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final List<Cookie> cookies = new ArrayList<>();
    private final Map<String, Object> attributes = new TreeMap<>();
    private String remoteAddress = "127.0.0.1";

    private FakeRequest(String method, String uri, @Nullable String query) {
        this.method = method;
        this.uri = uri;
        this.query = query;
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

    /** The same from another address. */
    public FakeRequest from(String address) {
        remoteAddress = address;
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
            case "getRemoteAddr" -> remoteAddress;
            case "getHeader" -> values(arguments).stream().findFirst().orElse(null);
            case "getHeaders" -> Collections.enumeration(values(arguments));
            case "getCookies" -> cookies.isEmpty() ? null : cookies.toArray(Cookie[]::new);
            case "getAttribute" -> attributes.get(String.valueOf(arguments[0]));
            case "setAttribute" -> attributes.put(String.valueOf(arguments[0]), arguments[1]);
            case "removeAttribute" -> attributes.remove(String.valueOf(arguments[0]));
            default -> throw new AssertionError("Nobody should ask for " + called);
        };
    }

    private List<String> values(Object[] arguments) {
        return headers.getOrDefault(String.valueOf(arguments[0]), List.of());
    }
}
