package org.lapse.platform.page;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.Test;
import org.lapse.platform.api.FakeRequest;
import org.lapse.platform.api.FakeResponse;

/** A request with a secret in its query gets no further than the filter, and is answered as its sender reads. */
class SecretsInQueryFilterTest {
    private static final String SECRET = "quite-unusual-value";

    private final AtomicBoolean wentOn = new AtomicBoolean();
    private final FakeResponse response = new FakeResponse();

    private void filter(FakeRequest request) {
        SecretsInQueryFilter filter = new SecretsInQueryFilter();
        filter.showOn(new Pages(new Brand("Lapse", Optional.empty(), "#0f5c63", "#7fd1cb")));
        try {
            filter.doFilter(
                    request.asServletRequest(), response.asServletResponse(), (passed, answer) -> wentOn.set(true));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ServletException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void programReadsTheReasonInTheBodyOfTheApi() {
        filter(FakeRequest.of("GET", "/api/v2/users/me?access_token=" + SECRET));

        assertThat(wentOn).isFalse();
        assertThat(response.status()).isEqualTo(400);
        assertThat(response.body())
                .contains("\"bad.request\"", "a password or another secret")
                .doesNotContain(SECRET);
    }

    @Test
    void clientReadsTheReasonAsOAuthHasIt() {
        filter(FakeRequest.of("POST", "/oauth/token?client_secret=" + SECRET));

        assertThat(response.body()).contains("\"error\":\"invalid_request\"").doesNotContain(SECRET);
    }

    @Test
    void browserGetsAPageInItsLanguage() {
        filter(FakeRequest.of("GET", "/oauth/authorize?password=" + SECRET)
                .with("Accept", "text/html,*/*")
                .with("Accept-Language", "de"));

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.body()).contains("lang=\"de\"", "ein Passwort oder ein anderes Geheimnis");
        assertThat(response.body()).doesNotContain(SECRET);
    }

    @Test
    void pathIsReadAsTheServerReadsIt() {
        filter(FakeRequest.of("POST", "/%6Fauth/token?code=" + SECRET).servedAs("/oauth/token"));

        assertThat(wentOn).isFalse();
        assertThat(response.body()).contains("\"error\":\"invalid_request\"");
    }

    @Test
    void formAndHarmlessQueryGoOn() {
        filter(FakeRequest.of("POST", "/account/?done=password").withForm("password=" + SECRET));

        assertThat(wentOn).isTrue();
    }

    @Test
    void queriesOfOtherServicesGoToTheGate() {
        filter(FakeRequest.of("GET", "/gate/forward?uri=/orders&password=" + SECRET));

        assertThat(wentOn).isTrue();
    }

    @Test
    void valueIsNotLogged() {
        List<String> logged = new CopyOnWriteArrayList<>();
        Handler listener = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                logged.add(new SimpleFormatter().format(entry));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger log = Logger.getLogger(SecretsInQueryFilter.class.getName());
        log.addHandler(listener);
        try {
            filter(FakeRequest.of("GET", "/relogin?password=" + SECRET));
        } finally {
            log.removeHandler(listener);
        }

        assertThat(logged).isNotEmpty().noneMatch(line -> line.contains(SECRET));
    }
}
