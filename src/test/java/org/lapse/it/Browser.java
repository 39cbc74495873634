package org.lapse.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A browser without JavaScript: it keeps cookies, follows redirects inside Lapse, and sends the forms of pages. */
final class Browser {
    private static final Pattern FORM = Pattern.compile("<form[^>]*action=\"([^\"]*)\"");
    private static final Pattern INPUT = Pattern.compile("<input([^>]*)>");
    private static final Pattern ATTRIBUTE = Pattern.compile("(\\w+)=\"([^\"]*)\"");
    private static final int MOST_REDIRECTS = 5;

    private final LapseSystem lapse;
    private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .cookieHandler(cookies)
            .build();

    Browser(LapseSystem lapse) {
        this.lapse = lapse;
    }

    /** Opens an address; ends at a page, or at the redirect that leads to an application. */
    Answer open(String path) {
        return follow(HttpRequest.newBuilder(lapse.url(path))
                .header("Accept", "text/html")
                .build());
    }

    /** Sends the form of a page with what somebody filled in; hidden fields go along. */
    Answer submit(Answer page, Form filledIn) {
        Map<String, String> fields = new LinkedHashMap<>(hiddenFields(page).fields());
        fields.putAll(filledIn.fields());
        return post(page, new Form(fields));
    }

    /** Sends just these fields to where the form of the page goes. */
    Answer post(Answer page, Form form) {
        Matcher action = FORM.matcher(page.body());
        if (!action.find()) {
            throw new AssertionError("No form on the page: " + page.body());
        }
        URI target = page.response().uri().resolve(unescape(action.group(1)));
        return follow(form.postBy(HttpRequest.newBuilder(target).header("Accept", "text/html"))
                .header("Origin", lapse.url().toString())
                .build());
    }

    /** Sends these fields to an address of ours, whatever stands in it. */
    Answer postTo(String address, Form form) {
        return follow(form.postBy(HttpRequest.newBuilder(lapse.url(address)).header("Accept", "text/html"))
                .header("Origin", lapse.url().toString())
                .build());
    }

    /** The hidden fields of the page's form. */
    static Form hiddenFields(Answer page) {
        Map<String, String> fields = new LinkedHashMap<>();
        Matcher input = INPUT.matcher(page.body());
        while (input.find()) {
            Map<String, String> attributes = new LinkedHashMap<>();
            Matcher attribute = ATTRIBUTE.matcher(input.group(1));
            while (attribute.find()) {
                attributes.put(attribute.group(1), unescape(attribute.group(2)));
            }
            if ("hidden".equals(attributes.get("type"))) {
                fields.put(attributes.getOrDefault("name", ""), attributes.getOrDefault("value", ""));
            }
        }
        return new Form(fields);
    }

    /** The cookies that it keeps. */
    List<HttpCookie> cookies() {
        return cookies.getCookieStore().getCookies();
    }

    /** Keeps a cookie of another browser. */
    void keep(HttpCookie cookie) {
        cookies.getCookieStore().add(lapse.url(), cookie);
    }

    /** Forgets all cookies, as a browser does that was closed. */
    void forgetCookies() {
        cookies.getCookieStore().removeAll();
    }

    private Answer follow(HttpRequest first) {
        HttpRequest request = first;
        for (int i = 0; i < MOST_REDIRECTS; i++) {
            Answer answer = send(request);
            if (answer.status() / 100 != 3 || leavesLapse(answer.location())) {
                return answer;
            }
            request = HttpRequest.newBuilder(answer.location())
                    .header("Accept", "text/html")
                    .build();
        }
        throw new AssertionError("Redirects without end, from " + first.uri().getPath());
    }

    private boolean leavesLapse(URI location) {
        return !location.toString().startsWith(lapse.url() + "/")
                || !location.getPath().matches("/(oauth/.*|logout|relogin|account/)");
    }

    private Answer send(HttpRequest request) {
        try {
            return new Answer(client.send(request, BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + request.uri(), e);
        }
    }

    private static String unescape(String html) {
        return html.replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&#x2F;", "/")
                .replace("&#x3D;", "=")
                .replace("&#x60;", "`")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&");
    }
}
