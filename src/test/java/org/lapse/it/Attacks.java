package org.lapse.it;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What can be wrong with a request to an endpoint. The same for the same seed. */
final class Attacks {
    private static final String JSON = "application/json";
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final int BEYOND_THE_LIMIT = 100_000;
    private static final int DEEP = 5_000;

    /** Nested fields share the values: each takes every so-manyth. */
    private static final int SPREAD = 4;

    private static final List<String> SEGMENTS = List.of(
            "00000000-0000-0000-0000-000000000000",
            "not-an-id",
            "0-0-0-0-0",
            "%00",
            "a%00b",
            "%0d%0aX-Injected:%201",
            "%1b%5b2J",
            "%7f",
            "%e2%80%ae",
            "%f0%9f%98%80",
            "%ff%fe",
            "%c0%ae%c0%ae",
            "%2e%2e",
            "..;",
            ";a=b",
            "%25%30%30",
            "'%22%3b--",
            "%7b%7d",
            "$%7bjndi:ldap:x%7d",
            "-1",
            "x".repeat(65),
            "x".repeat(3000));

    private static final List<String> QUERY_VALUES = List.of(
            "",
            "null",
            "-1",
            "0",
            "1.5",
            "1e9",
            "99999999999999999999",
            "%00",
            "a%00b",
            "%0a",
            "%ff",
            "%F0%9F%98%80",
            "'%22%3b--",
            "%3Cscript%3E",
            "x".repeat(3000));

    private static final List<String> JSON_BODIES = List.of(
            "{",
            "}",
            "[]",
            "null",
            "true",
            "7",
            "\"text\"",
            "{\"a\":}",
            "{'a':1}",
            "{a:1}",
            "{} {}",
            "{}x",
            "{,}",
            "NaN",
            "\u0000",
            "\ufeff{}",
            "<a/>",
            "a=b",
            "/* */{}",
            "{\"unknown\":1}",
            "{\"unknown\":1,\"unknown\":2}",
            "{\"__proto__\":{},\"@class\":\"java.lang.Runtime\"}",
            "[".repeat(DEEP),
            "[".repeat(DEEP) + "]".repeat(DEEP),
            "{\"a\":".repeat(DEEP),
            "\"" + "x".repeat(60_000) + "\"",
            "9".repeat(5_000));

    private static final List<String> JSON_VALUES = List.of(
            "null",
            "true",
            "0",
            "-1",
            "1.5",
            "-0.0",
            "1e400",
            "2147483648",
            "9223372036854775808",
            "9".repeat(2_000),
            "\"\"",
            "\" \"",
            "\"\\u0000\"",
            "\"a\\u0000b\"",
            "\"\\ud800\"",
            "\"" + "x".repeat(5_000) + "\"",
            "[]",
            "[null]",
            "{}",
            "{\"a\":null}",
            "{\"a\":{\"b\":5}}",
            "{\"a\":{\"b\":[]}}",
            "{\"a\":{\"\":\"c\"}}",
            "{\"\":{\"b\":\"c\"}}",
            "{\"a\\u0000\":{\"b\":\"c\"}}",
            "{\"a\":{\"b\\u0000\":\"c\"}}",
            "{\"a\":{\"b\":\"\\u0000\"}}",
            "{\"a\":{\"b\":\"\\ud800\"}}",
            "{\"security\":{\"inactivity-timeout\":\"99999\"}}",
            "{\"security\":{\"on-inactivity\":\"\\u0000\"}}",
            "{\"" + "s".repeat(300) + "\":{\"b\":\"c\"}}",
            "{\"a\":{\"b\":\"" + "x".repeat(4_001) + "\"}}",
            "[".repeat(100) + "]".repeat(100));

    private static final List<String> CONTENT_TYPES = List.of(
            "text/plain",
            "application/xml",
            "application/x-www-form-urlencoded",
            "multipart/form-data",
            "application/json; charset=utf-16",
            "application/json; charset=invented",
            "application/json;;;",
            "garbage",
            "*/*",
            "/");

    private static final List<String> AUTHORIZATIONS = List.of(
            "",
            "Bearer",
            "Bearer  ",
            "Bearer a.b.c",
            "Bearer " + "x".repeat(5_000),
            "Bearer \u00e4",
            "bearer invented",
            "Digest x",
            "Basic",
            "Basic !!!",
            "Basic " + base64("no colon"),
            "Basic " + base64(":"),
            "Basic " + base64("demo-service:wrong"),
            "Basic " + base64("\u0000:\u0000"),
            "Basic " + base64("%zz:%zz"),
            "Basic " + base64("x".repeat(3_000) + ":x"));

    private static final List<String> FORM_VALUES =
            List.of("", "%00", "a%00b", "%ff", "%zz", "%", "+", "%0d%0a", "%F0%9F%98%80", "a.b.c", "x".repeat(5_000));

    private final Random random;
    private final Map<String, String> ids;

    /**
     * The attacks of a seed.
     *
     * @param ids things that there are, by {@link Endpoint#parameters()}: what they are to be changed to is attacked
     */
    Attacks(long seed, Map<String, String> ids) {
        this.random = new Random(seed);
        this.ids = ids;
    }

    /** All the attacks on one endpoint, in an order that the seed decides. */
    Stream<Attack> on(Endpoint endpoint) {
        String path = endpoint.pathWith("00000000-0000-0000-0000-000000000000");
        Stream<Attack> bodies = endpoint.hasBody() ? bodies(endpoint, pathOfThing(endpoint, path)) : Stream.empty();
        return Stream.of(paths(endpoint), queries(endpoint, path), headers(endpoint, path), bodies)
                .flatMap(attacks -> attacks);
    }

    /**
     * The attacks on the gate: on its addresses, on what lies about them, and on what proxies say there. Each is sent
     * as nginx and as Caddy ask.
     */
    static Stream<Attack> onTheGate() {
        Stream<String> addresses = SEGMENTS.stream()
                .flatMap(segment -> Stream.of(
                        "/gate/" + segment,
                        "/gate/nginx/" + segment,
                        "/gate/forward/" + segment + "/health/live",
                        "/gate/nginx?" + segment,
                        "/gate/envoy/" + segment));
        Stream<String> targets =
                Stream.concat(SEGMENTS.stream().map(segment -> "/" + segment), Stream.of("*", "x", "//", "/../.."));
        return Stream.concat(
                addresses.map(address -> asked("address", address, "/reports")),
                targets.flatMap(target -> Stream.of("/gate/nginx", "/gate/forward")
                        .map(address -> asked("target " + start(target), address, target))));
    }

    private static Attack asked(String what, String address, String target) {
        return new Attack(what, "GET", address, Map.of(), null, false)
                .with("X-Original-Method", "GET")
                .with("X-Original-URI", target)
                .with("X-Forwarded-Method", "GET")
                .with("X-Forwarded-Uri", target);
    }

    private String pathOfThing(Endpoint endpoint, String otherwise) {
        Endpoint kind = Belongings.kindsOf(endpoint).get(0);
        return ids.keySet().containsAll(kind.parameters()) ? kind.pathWith(ids) : otherwise;
    }

    private static Stream<Attack> paths(Endpoint endpoint) {
        return endpoint.hasPathParameter()
                ? SEGMENTS.stream().map(segment -> Attack.on(endpoint, "path parameter", endpoint.pathWith(segment)))
                : Stream.of(Attack.on(endpoint, "more of a path", endpoint.path() + "/%00/x"));
    }

    private Stream<Attack> queries(Endpoint endpoint, String path) {
        Stream<Attack> known = endpoint.queryParameters().stream()
                .flatMap(name -> Stream.concat(
                        QUERY_VALUES.stream().map(value -> name + "=" + value),
                        Stream.of(name, name + "=a&" + name + "=b")))
                .map(query -> Attack.on(endpoint, "query", path + "?" + query));
        Stream<Attack> mixed = IntStream.range(0, endpoint.queryParameters().isEmpty() ? 0 : 5)
                .mapToObj(i -> endpoint.queryParameters().stream()
                        .map(name -> name + "=" + pick(QUERY_VALUES))
                        .collect(Collectors.joining("&")))
                .map(query -> Attack.on(endpoint, "mixed query", path + "?" + query));
        Stream<Attack> unknown = Stream.of(
                        "unknown=1", "&&&", "=", "a=b=c", "a[]=1", "name[]=%ff", "debug=x", "%00=%00")
                .map(query -> Attack.on(endpoint, "unknown query", path + "?" + query));
        return Stream.of(known, mixed, unknown).flatMap(attacks -> attacks);
    }

    private static Stream<Attack> headers(Endpoint endpoint, String path) {
        Stream<Attack> authorizations = AUTHORIZATIONS.stream()
                .map(value -> Attack.on(endpoint, "authorization <" + value + ">", path)
                        .with("Authorization", value));
        Stream<Attack> others = Stream.of(
                Attack.on(endpoint, "accepts pages", path).with("Accept", "text/html"),
                Attack.on(endpoint, "accepts nothing known", path).with("Accept", "application/x-invented"),
                Attack.on(endpoint, "accepts garbage", path).with("Accept", "garbage;;;q=x"),
                Attack.on(endpoint, "background garbage", path).with("X-Background-Request", "\u00e4"),
                Attack.on(endpoint, "cookies", path)
                        .with("Cookie", "lapse_sign_in=\"; lapse_form=%00; lapse_form=a; =; $Version=1"),
                Attack.on(endpoint, "foreign origin", path).with("Origin", "null"),
                Attack.on(endpoint, "language", path).with("Accept-Language", "\u00e4;q=x,,,*"));
        return Stream.concat(authorizations, others);
    }

    private Stream<Attack> bodies(Endpoint endpoint, String path) {
        String own = endpoint.form() ? FORM : JSON;
        Stream<Attack> wrongTypes = CONTENT_TYPES.stream()
                .filter(type -> !endpoint.fields().isEmpty())
                .map(type -> Attack.on(endpoint, "content type " + type, path).sending(utf8("{}"), type));
        Stream<Attack> malformed = JSON_BODIES.stream()
                .filter(body -> !endpoint.fields().isEmpty())
                .map(body -> Attack.on(endpoint, "body " + start(body), path).sending(utf8(body), own));
        Stream<Attack> sizes = Stream.of(
                Attack.on(endpoint, "no body", path),
                Attack.on(endpoint, "empty body", path).sending(new byte[0], own),
                Attack.on(endpoint, "bytes that are no text", path).sending(new byte[] {'"', -1, -2, 0, '"'}, own),
                Attack.on(endpoint, "too large", path).sending(large(), own),
                Attack.on(endpoint, "too large, unannounced", path)
                        .sending(large(), own)
                        .withoutAnnouncedLength(),
                Attack.on(endpoint, "unannounced", path)
                        .sending(utf8("{}"), own)
                        .withoutAnnouncedLength());
        Stream<Attack> fields = endpoint.form() ? formFields(endpoint, path) : jsonFields(endpoint, path);
        return Stream.of(wrongTypes, malformed, sizes, fields).flatMap(attacks -> attacks);
    }

    private Stream<Attack> jsonFields(Endpoint endpoint, String path) {
        Stream<String> single = endpoint.firstFields().stream()
                .flatMap(field -> JSON_VALUES.stream().map(value -> Endpoint.bodyWith(field, value)));
        List<String> deeper = endpoint.fields().stream()
                .filter(field -> !endpoint.firstFields().contains(field))
                .toList();
        Stream<String> nested = IntStream.range(0, deeper.size()).boxed().flatMap(place -> IntStream.range(
                        0, JSON_VALUES.size())
                .filter(value -> (value + place) % SPREAD == 0)
                .mapToObj(value -> Endpoint.bodyWith(deeper.get(place), JSON_VALUES.get(value))));
        Stream<String> mixed = IntStream.range(0, endpoint.firstFields().isEmpty() ? 0 : 5)
                .mapToObj(i -> endpoint.firstFields().stream()
                        .map(field -> "\"" + field + "\":" + pick(JSON_VALUES))
                        .collect(Collectors.joining(",", "{", "}")));
        return Stream.of(single, nested, mixed)
                .flatMap(bodies -> bodies)
                .map(body -> Attack.on(endpoint, "body " + start(body), path).sending(utf8(body), JSON));
    }

    private Stream<Attack> formFields(Endpoint endpoint, String path) {
        Stream<String> single = endpoint.fields().stream()
                .flatMap(field -> Stream.concat(
                        FORM_VALUES.stream().map(value -> field + "=" + value),
                        Stream.of(field, field + "=a&" + field + "=b")));
        Stream<String> grants = Stream.of("authorization_code", "refresh_token", "client_credentials")
                .flatMap(grant -> IntStream.range(0, 5).mapToObj(i -> "grant_type=" + grant + mixed(endpoint)));
        Stream<String> malformed =
                Stream.of("&&&", "=", "==", "%00=%00", "a[]=1", "&".repeat(5_000), "a&".repeat(5_000));
        return Stream.of(single, grants, malformed).flatMap(bodies -> bodies).map(body -> Attack.on(
                        endpoint, "form " + start(body), path)
                .with("Authorization", "Basic " + base64("demo-service:demo-secret"))
                .sending(utf8(body), FORM));
    }

    private String mixed(Endpoint endpoint) {
        return endpoint.fields().stream()
                .filter(field -> !field.equals("grant_type") && random.nextBoolean())
                .map(field -> "&" + field + "=" + pick(FORM_VALUES))
                .collect(Collectors.joining());
    }

    private String pick(List<String> values) {
        return values.get(random.nextInt(values.size()));
    }

    private static byte[] large() {
        return utf8("{\"a\":\"" + "x".repeat(BEYOND_THE_LIMIT) + "\"}");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(utf8(text));
    }

    private static String start(String body) {
        return body.length() > 60 ? body.substring(0, 60) + "..." : body;
    }
}
