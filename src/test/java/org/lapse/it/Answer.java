package org.lapse.it;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;

/** What the server answered, read as a test needs it. */
record Answer(HttpResponse<String> response) {
    private static final ObjectMapper JSON = new ObjectMapper();

    int status() {
        return response.statusCode();
    }

    String body() {
        return response.body();
    }

    Optional<String> header(String name) {
        return response.headers().firstValue(name);
    }

    List<String> headers(String name) {
        return response.headers().allValues(name);
    }

    /** Where the answer sends the browser, made absolute. */
    URI location() {
        return response.uri()
                .resolve(header("Location")
                        .orElseThrow(() -> new AssertionError(this + " sends the browser nowhere: " + body())));
    }

    /** The body as JSON; fails the test where it is something else. */
    JsonNode json() {
        try {
            return JSON.readTree(body());
        } catch (JsonProcessingException e) {
            throw new AssertionError(this + " is no JSON: " + body(), e);
        }
    }

    /** This answer, which must have that status. */
    Answer expect(int status) {
        if (status() != status) {
            throw new AssertionError(this + " instead of " + status + ": " + body());
        }
        return this;
    }

    @Override
    public String toString() {
        return response.request().method() + " " + response.uri().getPath() + " answered " + status();
    }
}
