package org.lapse.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Objects;

/** The running Lapse as a test sees it: where it is, and one plain HTTP client without redirects or cookies. */
public final class LapseSystem {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final URI url;

    private LapseSystem(URI url) {
        this.url = url;
    }

    /** The server that the running execution has started for the whole suite. */
    public static LapseSystem ofSuite() {
        return at(URI.create(property("lapse.it.url")));
    }

    /** A server that a test has started itself. */
    public static LapseSystem at(URI url) {
        return new LapseSystem(url);
    }

    /** Where Lapse is, without a slash at the end, such as {@code http://localhost:40123}. */
    public URI url() {
        return url;
    }

    /** The address of a path or path and query, which start with a slash. */
    public URI url(String path) {
        return URI.create(url + path);
    }

    /** Answers a GET. */
    public HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(url(path)).build());
    }

    /**
     * Answers any request, its body as text.
     *
     * @throws UncheckedIOException when nobody answers
     */
    public HttpResponse<String> send(HttpRequest request) {
        try {
            return CLIENT.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + request.uri(), e);
        }
    }

    /** A system property that the build gives to the tests. */
    static String property(String name) {
        return Objects.requireNonNull(System.getProperty(name), () -> name + " is not set: run the test by mvn verify");
    }
}
