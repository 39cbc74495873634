package org.lapse.benchmark;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The sign-in page of the demonstration's desk, open in a browser of its own, whose form can be sent again and again.
 */
final class SignInForm {
    /** RFC 7636, appendix B. */
    private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    private static final Pattern HIDDEN = Pattern.compile("type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\"");

    private final HttpClient browser = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .cookieHandler(new CookieManager())
            .build();
    private final URI server;
    private final String hidden;
    private final String redirectUri;

    static SignInForm open(URI server) throws IOException, InterruptedException {
        return new SignInForm(server);
    }

    private SignInForm(URI server) throws IOException, InterruptedException {
        this.server = server;
        this.redirectUri = server.resolve("/demo/").toString();
        HttpResponse<String> page = browser.send(
                HttpRequest.newBuilder(server.resolve("/oauth/authorize?client_id=demo-desk&response_type=code&scope=openid"
                                + "&prompt=login&state=benchmark&code_challenge_method=S256&code_challenge=" + CHALLENGE
                                + "&redirect_uri=" + encoded(redirectUri)))
                        .build(),
                BodyHandlers.ofString());
        StringBuilder fields = new StringBuilder();
        Matcher field = HIDDEN.matcher(page.body());
        while (field.find()) {
            fields.append(encoded(unescaped(field.group(1))))
                    .append('=')
                    .append(encoded(unescaped(field.group(2))))
                    .append('&');
        }
        this.hidden = fields.toString();
    }

    /**
     * Sends a name and a password.
     *
     * @param address where it is sent from, as the proxy in front says
     */
    HttpResponse<String> send(String username, String password, String address) throws IOException, InterruptedException {
        return browser.send(
                HttpRequest.newBuilder(server.resolve("/oauth/authorize"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header("X-Forwarded-For", address)
                        .POST(BodyPublishers.ofString(
                                hidden + "username=" + encoded(username) + "&password=" + encoded(password)))
                        .build(),
                BodyHandlers.ofString());
    }

    /** An access token for the code that a right password gave. */
    String redeem(HttpResponse<String> answer) throws IOException, InterruptedException {
        String back = answer.headers().firstValue("Location").orElseThrow();
        String code = back.replaceAll(".*[?&]code=([^&]*).*", "$1");
        return Http.form(
                        server.resolve("/oauth/token"),
                        null,
                        "grant_type=authorization_code&client_id=demo-desk&code=" + code + "&code_verifier=" + VERIFIER
                                + "&redirect_uri=" + encoded(redirectUri))
                .required("access_token")
                .asText();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String unescaped(String html) {
        return html.replace("&quot;", "\"").replace("&#39;", "'").replace("&#x2F;", "/").replace("&#x3D;", "=").replace("&amp;", "&");
    }
}
