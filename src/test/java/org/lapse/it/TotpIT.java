package org.lapse.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lapse.it.AnswerAssert.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Codes of an authenticator app, and recovery codes. */
@OnServer
class TotpIT {
    private static final String AUTHENTICATORS = "/api/v2/users/me/authenticators";
    private static final String SETTINGS = "/api/v2/organizations/authentication/settings";
    private static final Duration STEP = Duration.ofSeconds(30);

    private final LapseSystem lapse = LapseSystem.ofSuite();
    private final Administrator administrator = lapse.administrator();
    private final Browser browser = new Browser(lapse);
    private final DemoDesk desk = new DemoDesk(lapse, browser);
    private final String name = UUID.randomUUID() + "@demo.example";
    private String id = "";

    @BeforeEach
    void somebodyIsMade() {
        id = administrator.createUser(name);
    }

    @AfterEach
    void nobodyMustHaveASecondFactor() {
        lapse.service()
                .call(
                        "PATCH",
                        SETTINGS,
                        "{\"multifactorAuthenticationRequired\":false,\"multifactorAuthenticationGroups\":[]}")
                .expect(200);
    }

    private Answer password() {
        return desk.fillIn(
                desk.authorize(desk.authorizationRequest().with("prompt", "login")), name, DemoDesk.PASSWORD);
    }

    private Answer step(Answer page, String step, String... fields) {
        Form form = Form.of("step", step);
        for (int i = 0; i < fields.length; i += 2) {
            form = form.with(fields[i], fields[i + 1]);
        }
        return browser.submit(page, form);
    }

    private AuthenticatorApp setUp() {
        AuthenticatorApp app = AuthenticatorApp.of(lapse, lapse.signIn(name));
        lapse.letPass(STEP);
        return app;
    }

    @Test
    void codeIsAskedForAfterThePasswordAndIsGoodOnce() {
        AuthenticatorApp app = setUp();
        String code = app.code();

        TokenHolder holder = desk.comeBack(step(password(), "code", "code", code));
        Answer again = step(password(), "code", "code", code);

        assertThat(again).hasStatus(400);
        assertThat(again.body()).contains("role=\"alert\"");
        Answer introspected = lapse.postAsService("/oauth/introspect", Form.of("token", holder.accessToken()));
        assertThat(introspected.json().required("acr").asText()).isEqualTo("aal2");
        assertThat(introspected.json().required("amr").toString()).isEqualTo("[\"mfa\",\"otp\",\"pwd\"]");
        assertThat(introspected.json().required("auth_time").asLong())
                .isCloseTo(lapse.now().getEpochSecond(), Offset.offset(600L));
        assertThat(administrator.auditsOf(id))
                .extracting(record -> record.required("action").asText())
                .contains("authenticator.enroll", "authenticator.use", "authenticator.refuse");
    }

    @Test
    void userWhoMustHaveASecondFactorSetsOneUpAtTheSignIn() {
        String group = administrator.createGroup(id);
        lapse.service()
                .call("PATCH", SETTINGS, "{\"multifactorAuthenticationGroups\":[\"" + group + "\"]}")
                .expect(200);

        Answer enrolment = password();
        AuthenticatorApp app = AuthenticatorApp.setUpWith(lapse, enrolment.body());
        Answer codes = step(enrolment, "new-app", "code", app.code()).expect(200);
        TokenHolder holder = desk.comeBack(step(codes, "continue"));

        assertThat(holder.get(AUTHENTICATORS)
                        .expect(200)
                        .json()
                        .required("recoveryCodes")
                        .asInt())
                .isEqualTo(10);
        assertThat(holder.delete(AUTHENTICATORS + "/totp")).isRefused(409, "general.conflict");
    }

    @Test
    void secretIsShownToTheBrowserThatBeganItAlone() {
        String group = administrator.createGroup(id);
        lapse.service()
                .call("PATCH", SETTINGS, "{\"multifactorAuthenticationGroups\":[\"" + group + "\"]}")
                .expect(200);
        DemoDesk thief = new DemoDesk(lapse, new Browser(lapse));
        AuthenticatorApp stolen = AuthenticatorApp.setUpWith(
                lapse,
                thief.fillIn(thief.authorize(thief.authorizationRequest()), name, DemoDesk.PASSWORD)
                        .body());

        Answer enrolment = password();
        AuthenticatorApp app = AuthenticatorApp.setUpWith(lapse, enrolment.body());

        assertThat(app.code()).isNotEqualTo(stolen.code());
        desk.comeBack(step(step(enrolment, "new-app", "code", app.code()).expect(200), "continue"));
    }

    @Test
    void nobodyResetsTheirOwn() {
        TokenHolder holder = administrator.userWho("directory:user:view", "directory:user:edit");
        String own =
                holder.get("/api/v2/users/me").expect(200).json().required("id").asText();
        AuthenticatorApp.of(lapse, holder);

        assertThat(holder.delete("/api/v2/users/" + own + "/authenticators")).isRefused(409, "general.conflict");

        assertThat(holder.get(AUTHENTICATORS).expect(200).json().get("totp").isNull())
                .isFalse();
    }

    @Test
    void recoveryCodesAreGoodOnceEach() {
        AuthenticatorApp app = setUp();
        TokenHolder holder = desk.comeBack(step(password(), "code", "code", app.code()));
        List<String> codes = StreamSupport.stream(
                        holder.post(AUTHENTICATORS + "/recovery-codes", "")
                                .expect(200)
                                .json()
                                .required("codes")
                                .spliterator(),
                        false)
                .map(JsonNode::asText)
                .toList();

        desk.comeBack(step(password(), "code", "code", codes.get(0)));

        assertThat(step(password(), "code", "code", codes.get(0))).hasStatus(400);
        desk.comeBack(step(password(), "code", "code", codes.get(1)));
    }

    @Test
    void userWithASecondFactorChangesNothingWithoutIt() {
        TokenHolder before = lapse.signIn(name);
        setUp();

        Answer refused = before.post(AUTHENTICATORS + "/recovery-codes", "");

        assertThat(refused).isRefused(401, "insufficient_user_authentication");
        assertThat(refused.header("WWW-Authenticate"))
                .hasValueSatisfying(challenge -> assertThat(challenge).contains("acr_values=\"aal2\""));
    }

    @Test
    void administratorResetsWhatIsLost() {
        setUp();
        assertThat(password().body()).contains("one-time-code");

        lapse.service().delete("/api/v2/users/" + id + "/authenticators").expect(200);

        assertThat(introspected(desk.comeBack(password())).required("acr").asText())
                .isEqualTo("aal1");
    }

    @Test
    void passwordAloneAtTheAccountMakesNoTwoFactorsRecent() {
        AuthenticatorApp app = setUp();
        TokenHolder holder = desk.comeBack(step(password(), "code", "code", app.code()));
        long provedAt = introspected(holder).required("auth_time").asLong();
        lapse.letPass(Duration.ofMinutes(6));
        Answer account = browser.open("/account/").expect(200);
        browser.submit(account, Form.of("action", "others", "password", DemoDesk.PASSWORD))
                .expect(200);

        Answer refused = browser.submit(account, Form.of("action", "delete-app"));

        assertThat(refused.body()).contains("name=\"password\"");
        TokenHolder silent = desk.comeBack(desk.authorize(desk.authorizationRequest()));
        assertThat(introspected(silent).required("auth_time").asLong()).isEqualTo(provedAt);
        assertThat(silent.get(AUTHENTICATORS).expect(200).json().get("totp").isNull())
                .isFalse();
    }

    private JsonNode introspected(TokenHolder holder) {
        return lapse.postAsService("/oauth/introspect", Form.of("token", holder.accessToken()))
                .json();
    }
}
