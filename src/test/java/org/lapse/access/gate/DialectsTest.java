package org.lapse.access.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lapse.platform.api.FakeRequest;

/** Each proxy is heard in its own dialect, and what a client adds of another's changes nothing. */
class DialectsTest {
    private static final Map<String, GateServlet> SERVLETS =
            Map.of("nginx", new NginxServlet(), "forward", new ForwardServlet());

    @Test
    void nginxSaysItInHeadersOfItsOwn() {
        assertThat(said("nginx", "GET", "/gate/nginx", DialectsTest::asNginx)).isEqualTo("PATCH /a/b%20c null");
    }

    @Test
    void caddyAndTraefikSayItInForwardedHeadersWhateverQueryComesWithIt() {
        assertThat(said("forward", "GET", "/gate/forward?x=y&method=GET", DialectsTest::asCaddy))
                .isEqualTo("PUT /c d=e&f");
    }

    @ParameterizedTest
    @CsvSource({"nginx,GET,/gate/nginx", "nginx,DELETE,/gate/nginx?g", "forward,GET,/gate/forward"})
    void otherDialectsAreNotHeard(String dialect, String method, String path) {
        UnaryOperator<FakeRequest> own = dialect.equals("nginx") ? DialectsTest::asNginx : DialectsTest::asCaddy;

        assertThat(said(dialect, method, path, request -> asNginx(asCaddy(request))))
                .isEqualTo(said(dialect, method, path, own));
    }

    private static FakeRequest asNginx(FakeRequest request) {
        return request.with("X-Original-Method", "PATCH").with("X-Original-URI", "/a/b%20c");
    }

    private static FakeRequest asCaddy(FakeRequest request) {
        return request.with("X-Forwarded-Method", "PUT")
                .with("X-Forwarded-Uri", "/c?d=e&f")
                .with("X-Forwarded-For", "203.0.113.9");
    }

    @Test
    void proxyThatDoesNotSayItIsRefused() {
        for (String dialect : new String[] {"nginx", "forward"}) {
            assertThatThrownBy(() -> said(dialect, "GET", "/gate/" + dialect + "?uri=/x", request -> request))
                    .isInstanceOf(Refusal.class);
        }
        assertThatThrownBy(() -> said("nginx", "GET", "/gate/nginx", DialectsTest::asCaddy))
                .isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> said("forward", "GET", "/gate/forward", DialectsTest::asNginx))
                .isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> said("nginx", "GET", "/gate/nginx", request -> request.with("X-Original-URI", "/x")))
                .isInstanceOf(Refusal.class);
    }

    @Test
    void headerThatComesTwiceIsRefused() {
        assertThatThrownBy(() -> said("nginx", "GET", "/gate/nginx", request -> asNginx(request)
                        .with("X-Original-URI", "/poll")))
                .isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> said("forward", "GET", "/gate/forward", request -> asCaddy(request)
                        .with("X-Forwarded-Method", "GET")))
                .isInstanceOf(Refusal.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "*", "http://elsewhere.example/x", "?x"})
    void whatIsNoPathIsRefused(String target) {
        assertThatThrownBy(() -> OriginalCall.of("GET", target)).isInstanceOf(Refusal.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/\u00e4", "/a\u0080", "/a b", "/a\tb", "/a?b=\u2028", "/\u007f"})
    void whatIsNoVisibleAsciiIsRefused(String target) {
        assertThatThrownBy(() -> OriginalCall.of("GET", target))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("ASCII");
        assertThatThrownBy(() -> OriginalCall.of(target.substring(1), "/"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("ASCII");
    }

    @ParameterizedTest
    @CsvSource({
        "nginx,   /gate/x/../nginx",
        "nginx,   /gate/nginx;x",
        "nginx,   /gate/%6eginx",
        "forward, /gate/nginx/../forward",
    })
    void pathThatOnlyLeadsThereIsRefused(String dialect, String path) {
        assertThatThrownBy(() -> said(dialect, "GET", path, request -> asCaddy(asNginx(request))))
                .isInstanceOf(Refusal.class);
    }

    private static String said(String dialect, String method, String target, UnaryOperator<FakeRequest> headers) {
        GateServlet servlet = SERVLETS.get(dialect);
        if (servlet == null) {
            throw new AssertionError("No dialect " + dialect);
        }
        OriginalCall call =
                servlet.callOf(headers.apply(FakeRequest.of(method, target)).asServletRequest());
        return call.api().method() + " " + call.api().path() + " " + call.query();
    }
}
