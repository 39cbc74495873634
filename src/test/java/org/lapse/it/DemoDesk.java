package org.lapse.it;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.UUID;

/**
 * The application <em>Demo Desk</em> in a browser: a public client, which signs people in by authorization code with
 * PKCE. Each has its own verifier and state.
 */
final class DemoDesk {
    static final String ID = "demo-desk";

    /** The password of all users of the organizations Demo and Demo Two. */
    static final String PASSWORD = "demo-Passw0rd!";

    private final LapseSystem lapse;
    private final Browser browser;
    private final String id;
    private final String redirectPath;
    private final String verifier = UUID.randomUUID() + "-" + UUID.randomUUID();
    private final String state = UUID.randomUUID().toString();

    DemoDesk(LapseSystem lapse, Browser browser) {
        this(lapse, browser, ID, "/demo/");
    }

    private DemoDesk(LapseSystem lapse, Browser browser, String id, String redirectPath) {
        this.lapse = lapse;
        this.browser = browser;
        this.id = id;
        this.redirectPath = redirectPath;
    }

    /** The desk of the organization Demo Two. */
    static DemoDesk ofDemoTwo(LapseSystem lapse) {
        return new DemoDesk(lapse, new Browser(lapse), "demo-two-desk", "/demo/");
    }

    /** The console in the place of the desk: the public client that is there outside of demonstration mode. */
    static DemoDesk asConsole(LapseSystem lapse) {
        return new DemoDesk(lapse, new Browser(lapse), "lapse-console", "/admin/");
    }

    /** Another application in the place of the desk, which has people back at {@code /demo/}. */
    static DemoDesk as(LapseSystem lapse, Browser browser, String id) {
        return new DemoDesk(lapse, browser, id, "/demo/");
    }

    /** The parameters of its authorization request. */
    Form authorizationRequest() {
        return Form.of(
                "client_id",
                id,
                "redirect_uri",
                redirectUri(),
                "response_type",
                "code",
                "scope",
                "openid all",
                "state",
                state,
                "code_challenge",
                challenge(),
                "code_challenge_method",
                "S256");
    }

    String redirectUri() {
        return lapse.url(redirectPath).toString();
    }

    String state() {
        return state;
    }

    String verifier() {
        return verifier;
    }

    private String challenge() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** Sends the browser to the authorization endpoint: the sign-in page, or at once back with a code. */
    Answer authorize() {
        return authorize(authorizationRequest());
    }

    /** Sends the browser to the authorization endpoint with that request. */
    Answer authorize(Form request) {
        return browser.open("/oauth/authorize?" + request.encoded());
    }

    /** Fills the sign-in page in. */
    Answer fillIn(Answer signInPage, String username, String password) {
        return browser.submit(signInPage, Form.of("username", username, "password", password));
    }

    /** Fills in the page that asks for a password which nobody else knows. */
    Answer fillInNewPassword(Answer page, String username, String present, String next) {
        return browser.submit(
                page,
                Form.of(
                        "username", username,
                        "password", present,
                        "new_password", next,
                        "repeated_password", next));
    }

    /** The code that the browser brings back; fails where it brings none, or not for this state. */
    String codeOf(Answer back) {
        Form answer = Form.ofQuery(String.valueOf(back.location().getRawQuery()));
        if (!back.location().toString().startsWith(redirectUri() + "?") || !state.equals(answer.value("state"))) {
            throw new AssertionError("Not the way back to this application: " + back.location());
        }
        return answer.value("code");
    }

    /** The token request for a code. */
    Form tokenRequest(String code) {
        return Form.of(
                "grant_type", "authorization_code",
                "code", code,
                "redirect_uri", redirectUri(),
                "client_id", id,
                "code_verifier", verifier);
    }

    /** Redeems the code that the browser brings back. */
    TokenHolder comeBack(Answer back) {
        return new TokenHolder(lapse, Tokens.of(lapse.post("/oauth/token", tokenRequest(codeOf(back)))));
    }

    /** The whole way: authorization request, sign-in page, code, tokens. */
    TokenHolder signIn(String username) {
        return signIn(username, PASSWORD);
    }

    /** The rest of the way of somebody who must have a second factor: sets up an authenticator app. */
    TokenHolder setUpAnApp(Answer enrolment) {
        AuthenticatorApp app =
                AuthenticatorApp.setUpWith(lapse, enrolment.expect(200).body());
        Answer recoveryCodes = browser.submit(enrolment, Form.of("step", "new-app", "code", app.code()))
                .expect(200);
        return comeBack(browser.submit(recoveryCodes, Form.of("step", "continue")));
    }

    /** The whole way with another password. */
    TokenHolder signIn(String username, String password) {
        Answer page = authorize().expect(200);
        return comeBack(fillIn(page, username, password));
    }
}
