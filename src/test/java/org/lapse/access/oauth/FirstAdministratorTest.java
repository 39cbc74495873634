package org.lapse.access.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lapse.access.oauth.BrowserApplication.answerOf;

import com.nimbusds.oauth2.sdk.pkce.CodeChallenge;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.lapse.middle.BrowserInJavaSE;
import org.lapse.middle.LapseInJavaSE;
import org.lapse.middle.OnBothDatabases;
import org.lapse.platform.api.FakeResponse;

/** The first start tells the administrator's password to the owner of a file alone, and it opens nothing by itself. */
@OnBothDatabases(
        configuration = {
            "lapse.demo=false",
            "lapse.first.password-file=target/first-start/first-administrator.txt",
            "lapse.second-factor.administrators=optional"
        })
class FirstAdministratorTest {
    private static final Path FILE = Path.of("target/first-start/first-administrator.txt");
    private static final Pattern TOLD = Pattern.compile("user name: (\\S+)\\s+password:\\s+(\\S+)");
    private static final String AUTHORIZE = "/oauth/authorize";
    private static final String NEW = "a horse that nobody has seen yet";

    private final AuthorizeServlet authorization;
    private final BrowserInJavaSE browser = new BrowserInJavaSE();

    FirstAdministratorTest(LapseInJavaSE lapse) {
        this.authorization = lapse.get(AuthorizeServlet.class);
    }

    @Test
    void passwordIsInAFileOfItsOwnersAndOpensOnlyThePageThatAsksForAnother() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(FILE)))
                .isEqualTo("rw-------");
        Matcher told = TOLD.matcher(Files.readString(FILE));
        assertThat(told.find()).isTrue();
        String password = told.group(2);

        FakeResponse asked = submit(page(), Map.of("password", password));
        assertThat(asked.status()).isEqualTo(200);
        assertThat(asked.body()).contains("name=\"new_password\"").doesNotContain(password);
        assertNobodyIsSignedIn(asked);
        assertNobodyIsSignedIn(page());
        assertNobodyIsSignedIn(change(asked, password, NEW, "another"));
        assertNobodyIsSignedIn(change(asked, password, password, password));
        assertNobodyIsSignedIn(change(asked, password, "short", "short"));
        assertNobodyIsSignedIn(change(asked, "wrong", NEW, NEW));

        FakeResponse back = change(asked, password, NEW, NEW);
        assertThat(answerOf(back, "code")).isPresent();

        BrowserInJavaSE other = new BrowserInJavaSE();
        FakeResponse page = other.open(authorization, address());
        assertThat(other.submit(authorization, AUTHORIZE, page, credentials(Map.of("password", password)))
                        .status())
                .isEqualTo(403);
        assertThat(answerOf(other.submit(authorization, AUTHORIZE, page, credentials(Map.of("password", NEW))), "code"))
                .isPresent();
    }

    private void assertNobodyIsSignedIn(FakeResponse answer) {
        assertThat(answer.header("Location")).isEmpty();
        assertThat(answer.cookies()).noneMatch(cookie -> cookie.getName().equals("lapse_sign_in"));
    }

    private FakeResponse page() {
        return browser.open(authorization, address());
    }

    private FakeResponse change(FakeResponse page, String password, String next, String repeated) {
        return submit(page, Map.of("password", password, "new_password", next, "repeated_password", repeated));
    }

    private FakeResponse submit(FakeResponse page, Map<String, String> filledIn) {
        return browser.submit(authorization, AUTHORIZE, page, credentials(filledIn));
    }

    private static Map<String, String> credentials(Map<String, String> filledIn) {
        Map<String, String> all = new HashMap<>(filledIn);
        all.put("username", "admin@localhost");
        return all;
    }

    private static String address() {
        return AUTHORIZE + "?"
                + BrowserInJavaSE.encoded(Map.of(
                        "client_id", "lapse-console",
                        "redirect_uri", "http://localhost:8080/admin/",
                        "response_type", "code",
                        "code_challenge_method", "S256",
                        "code_challenge",
                                CodeChallenge.compute(CodeChallengeMethod.S256, new CodeVerifier())
                                        .getValue()));
    }
}
