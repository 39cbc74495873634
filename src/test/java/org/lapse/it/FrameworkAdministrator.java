package org.lapse.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Somebody who works with {@code /gax/api} and keeps its cookie. */
final class FrameworkAdministrator {
    static final String OBJECTS = "/gax/api/cfg/objects";
    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

    private final LapseSystem lapse;
    private String cookie = "lapse_gax=none";

    FrameworkAdministrator(LapseSystem lapse) {
        this.lapse = lapse;
    }

    /** Logs in and keeps the cookie. */
    Answer logIn(String username, String password) {
        ObjectNode login = JsonNodeFactory.instance.objectNode();
        login.put("username", username).put("password", password).put("isPasswordEncrypted", false);
        Answer answer = post("/gax/api/session/login", login.toString());
        answer.headers("Set-Cookie").stream()
                .filter(set -> set.startsWith("lapse_gax="))
                .findFirst()
                .ifPresent(set -> cookie = set.split(";", 2)[0]);
        return answer;
    }

    /** The administrator of the Demo organization, who has just logged in. */
    static FrameworkAdministrator loggedIn(LapseSystem lapse) {
        return loggedIn(lapse, "admin@demo.example");
    }

    /** A user of a demonstration organization, who has just logged in. */
    static FrameworkAdministrator loggedIn(LapseSystem lapse, String username) {
        FrameworkAdministrator administrator = new FrameworkAdministrator(lapse);
        administrator.logIn(username, DemoDesk.PASSWORD).expect(200);
        return administrator;
    }

    Answer get(String path) {
        return call("GET", path, null, Map.of());
    }

    Answer post(String path, String json) {
        return call("POST", path, json, JSON);
    }

    Answer put(String path, String json) {
        return call("PUT", path, json, JSON);
    }

    Answer delete(String path) {
        return call("DELETE", path, null, Map.of());
    }

    Answer call(String method, String path, @Nullable String body, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(lapse.url(path))
                .header("Cookie", cookie)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        headers.forEach(request::header);
        return lapse.answerTo(request.build());
    }

    /** Makes an object of that name. */
    JsonNode make(String type, String name, Map<String, String> fields) {
        ObjectNode wish = JsonNodeFactory.instance.objectNode();
        wish.put("type", type).put("name", name);
        fields.forEach(wish::put);
        return post(OBJECTS, wish.toString()).expect(201).json();
    }

    /** Where an object is. */
    static String pathOf(JsonNode object) {
        return OBJECTS + "/" + object.required("type").asText() + "/"
                + object.required("dbid").asText();
    }
}
