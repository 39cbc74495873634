package org.lapse.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A person with a browser, and the application in it: signs in by password, is let in silently, and gets tokens. */
final class Visitor implements AutoCloseable {
    private static final Pattern FORM = Pattern.compile("<form[^>]*action=\"([^\"]*)\"");
    private static final Pattern INPUT = Pattern.compile("<input([^>]*)>");
    private static final Pattern ATTRIBUTE = Pattern.compile("(\\w+)=\"([^\"]*)\"");
    private static final Pattern CODE = Pattern.compile("[?&]code=([^&#]+)");

    private final Provider provider;
    private final String username;
    private final Connection connection;
    private final Map<String, String> cookies = new LinkedHashMap<>();
    private final String verifier = UUID.randomUUID() + "-" + UUID.randomUUID();
    private String refreshToken = "";

    /** The person of that number. */
    Visitor(Provider provider, int number) {
        this.provider = provider;
        this.username = String.format(Locale.ROOT, provider.usernames(), number);
        this.connection = new Connection(provider.server());
    }

    /** A token for an application on its own. */
    void clientCredentials() throws IOException {
        accessToken(post("grant_type=client_credentials", List.of("Authorization: " + provider.service())));
    }

    /** Opens the sign-in page as one who has never been here, gives the password, and comes back with a code. */
    void signIn() throws IOException {
        cookies.clear();
        signInAt(visit("GET", authorizationRequest(), null));
    }

    /** Gives the password at the sign-in page; answers the code. */
    private String signInAt(Connection.Answer page) throws IOException {
        Matcher action = FORM.matcher(page.body());
        if (page.status() != 200 || !action.find()) {
            throw new IllegalStateException(provider.name() + " shows no form, but answers " + page.status());
        }
        Map<String, String> fields = hiddenFields(page.body());
        fields.put("username", username);
        fields.put("password", provider.password());
        URI target = provider.server().resolve(provider.authorization()).resolve(unescape(action.group(1)));
        return codeOf(visit("POST", target.getRawPath() + (target.getRawQuery() == null ? "" : "?" + target.getRawQuery()), form(fields)));
    }

    /** A code for a person who is signed in. */
    Code silentCode() throws IOException {
        return new Code(codeOf(visit("GET", authorizationRequest(), null)), verifier);
    }

    /** A code for a person who may have been signed out meanwhile, and then gives the password. */
    Code code() throws IOException {
        Connection.Answer answer = visit("GET", authorizationRequest(), null);
        return new Code(answer.status() == 200 ? signInAt(answer) : codeOf(answer), verifier);
    }

    /** A code, and what it is redeemed with. */
    record Code(String value, String verifier) {}

    /** The first tokens of a session; its refresh token is the next one to be used. */
    JsonNode redeem(Code code) throws IOException {
        JsonNode tokens = accessToken(post(redemption(code), List.of()));
        refreshToken = tokens.required("refresh_token").asText();
        return tokens;
    }

    /** The form by which a code is redeemed. */
    String redemption(Code code) {
        return form(Map.of(
                "grant_type", "authorization_code",
                "code", code.value,
                "redirect_uri", provider.redirectUri(),
                "code_verifier", code.verifier,
                "client_id", provider.desk()));
    }

    /** The next tokens of that session. */
    void refresh() throws IOException {
        JsonNode tokens = accessToken(post(refreshment(refreshToken), List.of()));
        refreshToken = tokens.required("refresh_token").asText();
    }

    /** The form by which the next tokens are got for a refresh token. */
    String refreshment(String token) {
        return form(Map.of("grant_type", "refresh_token", "refresh_token", token, "client_id", provider.desk()));
    }

    private Connection.Answer post(String form, List<String> headers) throws IOException {
        return connection.send("POST", provider.token(), headers, form);
    }

    private static JsonNode accessToken(Connection.Answer answer) throws IOException {
        if (answer.status() != 200) {
            throw new IllegalStateException("Answered with " + answer.status() + " " + answer.body());
        }
        JsonNode tokens = Http.json(answer.body());
        tokens.required("access_token");
        return tokens;
    }

    private Connection.Answer visit(String method, String target, String form) throws IOException {
        List<String> headers = new ArrayList<>(List.of("Accept: text/html"));
        if (!cookies.isEmpty()) {
            headers.add("Cookie: "
                    + cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        if (form != null) {
            headers.add("Origin: http://" + provider.server().getAuthority());
        }
        Connection.Answer answer = connection.send(method, target, headers, form);
        for (String cookie : answer.all("set-cookie")) {
            String pair = cookie.split(";", 2)[0];
            cookies.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
        }
        return answer;
    }

    private String authorizationRequest() {
        return provider.authorization() + "?"
                + form(Map.of(
                        "client_id", provider.desk(),
                        "redirect_uri", provider.redirectUri(),
                        "response_type", "code",
                        "scope", "openid",
                        "state", "state",
                        "code_challenge", challenge(),
                        "code_challenge_method", "S256"));
    }

    private String challenge() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private String codeOf(Connection.Answer answer) {
        String location = answer.first("location");
        Matcher code = CODE.matcher(location == null ? "" : location);
        if (!code.find()) {
            throw new IllegalStateException(
                    provider.name() + " gives no code, but answers " + answer.status() + " " + location + answer.body());
        }
        return code.group(1);
    }

    private static Map<String, String> hiddenFields(String page) {
        Map<String, String> fields = new LinkedHashMap<>();
        Matcher input = INPUT.matcher(page);
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
        return fields;
    }

    private static String unescape(String html) {
        return html.replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&#34;", "\"")
                .replace("&#x3D;", "=")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&");
    }

    private static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
