package org.lapse.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/** The running Lapse as a test sees it: where it is, who may come in, and what it says about itself. */
public final class LapseSystem {
    /** The application <em>Demo Service</em>, which may do everything, and its secret. */
    static final String SERVICE_ID = "demo-service";

    static final String SERVICE_SECRET = "demo-secret";

    private static final String CLOCK = "/demo/clock";

    static { // shorter than a server waits for the next request: else a request may meet a connection that closes
        System.setProperty("jdk.httpclient.keepalive.timeout", "20");
    }

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final URI url;

    private LapseSystem(URI url) {
        this.url = url;
    }

    /** The server that the running execution has started for the whole suite. */
    public static LapseSystem ofSuite() {
        return at(URI.create(property("lapse.it.url")));
    }

    /** The same server, at the listener that is the gate's. */
    static LapseSystem gateOfSuite() {
        return at(URI.create("http://localhost:" + property("lapse.it.port.gate")));
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

    /** What time it is there. */
    Instant now() {
        return Instant.parse(
                new Answer(get(CLOCK)).expect(200).json().required("now").asText());
    }

    /** By how much its clock was put forward, by whatever test. */
    Duration ahead() {
        return Duration.ofSeconds(new Answer(get(CLOCK))
                .expect(200)
                .json()
                .required("aheadSeconds")
                .asLong());
    }

    /** Lets time pass there, at once: for rules about what happens, or does not happen, while nobody calls. */
    void letPass(Duration time) {
        answerTo(HttpRequest.newBuilder(url(CLOCK))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{\"forwardSeconds\":" + time.toSeconds() + "}"))
                        .build())
                .expect(200);
    }

    /** Sends a form. */
    Answer post(String path, Form form) {
        return answerTo(form.postBy(HttpRequest.newBuilder(url(path))).build());
    }

    /** Sends a form as an application that has a secret (RFC 6749 section 2.3.1). */
    Answer postAs(String applicationId, String secret, String path, Form form) {
        return answerTo(form.postBy(HttpRequest.newBuilder(url(path)))
                .header("Authorization", basic(applicationId, secret))
                .build());
    }

    /** Sends a form as Demo Service. */
    Answer postAsService(String path, Form form) {
        return postAs(SERVICE_ID, SERVICE_SECRET, path, form);
    }

    private static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    /** Demo Service with a fresh token of its own. */
    TokenHolder service() {
        return new TokenHolder(
                this, Tokens.of(postAsService("/oauth/token", Form.of("grant_type", "client_credentials"))));
    }

    /** A user, freshly signed in to Demo Desk in a browser of their own. */
    TokenHolder signIn(String username) {
        return new DemoDesk(this, new Browser(this)).signIn(username);
    }

    /** Somebody with that access token, good or bad. */
    TokenHolder holderOf(String accessToken) {
        return new TokenHolder(this, new Tokens(accessToken, null, null, null, 0));
    }

    /** The administrator of the Demo organization. */
    Administrator administrator() {
        return new Administrator(this);
    }

    /** The value of a metric, named as in the exposition: {@code name} or {@code name{label="value"}}. */
    double metric(String sample) {
        return get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(sample + " "))
                .map(line -> line.substring(sample.length() + 1))
                .mapToDouble(Double::parseDouble)
                .findFirst()
                .orElseThrow(() -> new AssertionError("No metric " + sample));
    }

    /** Answers any request. */
    Answer answerTo(HttpRequest request) {
        return new Answer(send(request));
    }

    /** Answers any request when the server does, and does not wait for it. */
    CompletableFuture<Answer> answerLater(HttpRequest request) {
        return CLIENT.sendAsync(request, BodyHandlers.ofString()).thenApply(Answer::new);
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
