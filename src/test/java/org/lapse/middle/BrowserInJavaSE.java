package org.lapse.middle;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.lapse.platform.api.FakeRequest;
import org.lapse.platform.api.FakeResponse;

/** A browser without a network: it calls servlets, keeps their cookies, and sends their forms back. */
public final class BrowserInJavaSE {
    private static final Pattern HIDDEN =
            Pattern.compile("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\">");

    private final Map<String, Cookie> cookies = new LinkedHashMap<>();
    private final @Nullable String language;

    /** One that says nothing of its user's language. */
    public BrowserInJavaSE() {
        this.language = null;
    }

    private BrowserInJavaSE(String language) {
        this.language = language;
    }

    /** One whose user reads that language. */
    public static BrowserInJavaSE in(String language) {
        return new BrowserInJavaSE(language);
    }

    /** Forgets the cookies whose names begin like that. */
    public void forget(String beginning) {
        cookies.keySet().removeIf(name -> name.startsWith(beginning));
    }

    /** Keeps a cookie, wherever it comes from. */
    public void accept(Cookie cookie) {
        cookies.put(cookie.getName(), cookie);
    }

    /** Opens an address of a servlet. */
    public FakeResponse open(HttpServlet servlet, String target) {
        FakeResponse answer = send(servlet, withCookies(FakeRequest.of("GET", target)));
        keep(answer);
        return answer;
    }

    /** Opens it in so many tabs at once: each request is sent before any answer comes. */
    public List<FakeResponse> openAtOnce(HttpServlet servlet, String target, int tabs) {
        List<FakeRequest> sent = Stream.generate(() -> withCookies(FakeRequest.of("GET", target)))
                .limit(tabs)
                .toList();
        List<FakeResponse> answers =
                sent.stream().map(request -> send(servlet, request)).toList();
        answers.forEach(this::keep);
        return answers;
    }

    /** Sends the form of a page, with what is filled in beside its hidden fields. */
    public FakeResponse submit(HttpServlet servlet, String path, FakeResponse page, Map<String, String> filledIn) {
        Map<String, String> fields = hiddenFields(page);
        fields.putAll(filledIn);
        FakeResponse answer =
                send(servlet, withCookies(FakeRequest.of("POST", path)).withForm(encoded(fields)));
        keep(answer);
        return answer;
    }

    /** The hidden fields of a page's form. */
    public static Map<String, String> hiddenFields(FakeResponse page) {
        return HIDDEN.matcher(page.body())
                .results()
                .collect(Collectors.toMap(
                        field -> field.group(1), field -> field.group(2), (one, same) -> one, LinkedHashMap::new));
    }

    /** Urlencoded fields: a query, or the body of a form. */
    public static String encoded(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private FakeRequest withCookies(FakeRequest request) {
        cookies.values().forEach(cookie -> request.withCookie(cookie.getName(), cookie.getValue()));
        return language == null ? request : request.with("Accept-Language", language);
    }

    /** Sends a request as it is, without the cookies of a browser. */
    public static FakeResponse send(HttpServlet servlet, FakeRequest request) {
        FakeResponse response = new FakeResponse();
        try {
            servlet.service(request.asServletRequest(), response.asServletResponse());
        } catch (ServletException | IOException e) {
            throw new IllegalStateException(e);
        }
        return response;
    }

    private void keep(FakeResponse response) {
        for (Cookie cookie : response.cookies()) {
            if (cookie.getMaxAge() == 0) {
                cookies.remove(cookie.getName());
            } else {
                cookies.put(cookie.getName(), cookie);
            }
        }
    }
}
