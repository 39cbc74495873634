package org.lapse.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.HttpCookie;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Strangers who guess shut out other strangers, and nobody who was there before. */
@OnServer
class KnownBrowserIT {
    private static final String DEVICE = "lapse_device";
    /** From the fifth wrong password on the next one waits, from a second on twice as long each time. */
    private static final int FREE_FAILURES = 5;

    /** After so many the next wait is longer than a test takes, however slow the machine is. */
    private static final int FAILURES = 11;

    private final LapseSystem lapse = LapseSystem.ofSuite();
    private final Administrator administrator = lapse.administrator();
    private final Browser browser = new Browser(lapse);
    private final DemoDesk desk = new DemoDesk(lapse, browser);
    private final String username = UUID.randomUUID() + "@demo.example";

    @BeforeEach
    void makeUser() {
        administrator.setDeskOption("on-inactivity", "lock");
        administrator.createUser(username);
    }

    @AfterEach
    void restore() {
        administrator.restore();
    }

    @Test
    void strangersShutOutNeitherTheBrowserOfASignInNorItsLockedSession() {
        TokenHolder here = desk.signIn(username);
        assertThat(device().isHttpOnly()).isTrue();
        assertThat(device().getMaxAge()).isPositive();
        lapse.service()
                .post("/api/v2/sessions/lock", "{\"sessionIds\":[\"" + here.sessionId() + "\"]}")
                .expect(200);
        guessFromElsewhere();

        here.post("/api/v2/relogin", "{\"password\":\"" + DemoDesk.PASSWORD + "\"}")
                .expect(200);
        here.use().expect(200);
        Answer page = desk.authorize(desk.authorizationRequest().with("prompt", "login"))
                .expect(200);
        desk.comeBack(desk.fillIn(page, username, DemoDesk.PASSWORD)).use().expect(200);
    }

    @Test
    void strangersDoNotShutOutWhoHasSignedOutHere() {
        desk.signIn(username);
        HttpCookie device = device();
        Browser afterAWeek = new Browser(lapse);
        afterAWeek.keep(device);
        guessFromElsewhere();

        DemoDesk again = new DemoDesk(lapse, afterAWeek);
        again.signIn(username).use().expect(200);
    }

    private HttpCookie device() {
        return browser.cookies().stream()
                .filter(cookie -> cookie.getName().equals(DEVICE))
                .findFirst()
                .orElseThrow();
    }

    private void guessFromElsewhere() {
        DemoDesk stranger = new DemoDesk(lapse, new Browser(lapse));
        Answer page = stranger.authorize().expect(200);
        for (int i = 0; i < FAILURES; i++) {
            if (i >= FREE_FAILURES) {
                lapse.letPass(Duration.ofSeconds(1L << (i - FREE_FAILURES)));
            }
            stranger.fillIn(page, username, "a guess").expect(403);
        }
        assertThat(stranger.fillIn(page, username, DemoDesk.PASSWORD).status()).isEqualTo(429);
    }
}
