package org.lapse.platform.page;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lapse.platform.api.FakeRequest;
import org.lapse.platform.api.FakeResponse;
import org.lapse.platform.api.IssuerIdentifier;

class FormGuardTest {
    private static final IssuerIdentifier ISSUER = new IssuerIdentifier("https://sign-in.example");

    private final FormGuard guard = new FormGuard(new BrowserCookies(ISSUER), ISSUER);

    @Test
    void formsShownAtOnceWithoutCookiesAreAllAccepted() {
        List<Cookie> kept = new ArrayList<>();
        List<String> values = List.of(show(kept, List.of()), show(kept, List.of()), show(kept, List.of()));

        assertThat(values).doesNotHaveDuplicates().allMatch(value -> guard.accepts(request(kept), value));
    }

    @Test
    void aFormShownLaterSharesItsValueWithTheLastOne() {
        List<Cookie> kept = new ArrayList<>();
        show(kept, List.of());
        String last = show(kept, List.of());
        List<Cookie> set = new ArrayList<>();

        assertThat(show(set, kept)).isEqualTo(last);
        assertThat(set).isEmpty();
    }

    @Test
    void whoWasShownNoFormHasNoneAccepted() {
        List<Cookie> ofTheAttacker = new ArrayList<>();
        String value = show(ofTheAttacker, List.of());
        List<Cookie> kept = new ArrayList<>();
        show(kept, List.of());

        assertThat(guard.accepts(request(List.of()), value)).isFalse();
        assertThat(guard.accepts(request(kept), value)).isFalse();
        assertThat(guard.accepts(request(kept), null)).isFalse();
        assertThat(guard.accepts(request(kept), "")).isFalse();
        assertThat(guard.accepts(request(kept), value.substring(0, 8))).isFalse();
    }

    @Test
    void oneValueIsNotAcceptedUnderTheNameOfAnother() {
        List<Cookie> kept = new ArrayList<>();
        String value = show(kept, List.of());
        String alike = value.substring(0, 42) + (value.endsWith("A") ? "B" : "A");

        assertThat(guard.accepts(request(kept), value)).isTrue();
        assertThat(guard.accepts(request(kept), alike)).isFalse();
    }

    @Test
    void aFormThatAnotherOriginSendsIsRefusedWhateverItsValue() {
        List<Cookie> kept = new ArrayList<>();
        String value = show(kept, List.of());

        assertThat(guard.accepts(
                        sent(kept).with("Origin", "https://sign-in.example").asServletRequest(), value))
                .isTrue();
        assertThat(guard.accepts(
                        sent(kept).with("Origin", "https://evil.example").asServletRequest(), value))
                .isFalse();
    }

    @Test
    void aBrowserThatKeepsTooManyForgetsTheOldest() {
        List<Cookie> kept = new ArrayList<>();
        List<String> values = new ArrayList<>();
        for (int tab = 0; tab < FormGuard.MOST + 3; tab++) {
            values.add(show(kept, List.of()));
        }
        List<Cookie> told = new ArrayList<>();

        String last = show(told, kept);

        assertThat(told).allMatch(cookie -> cookie.getMaxAge() == 0);
        kept.removeIf(cookie -> told.stream().anyMatch(one -> one.getName().equals(cookie.getName())));
        assertThat(kept).hasSize(FormGuard.MOST);
        assertThat(last).isEqualTo(values.get(values.size() - 1));
        assertThat(values.subList(0, 3)).noneMatch(value -> guard.accepts(request(kept), value));
        assertThat(values.subList(3, values.size())).allMatch(value -> guard.accepts(request(kept), value));
    }

    private String show(List<Cookie> kept, List<Cookie> sent) {
        FakeResponse response = new FakeResponse();
        String value = guard.valueFor(request(sent), response.asServletResponse());
        kept.addAll(response.cookies());
        return value;
    }

    private static HttpServletRequest request(List<Cookie> cookies) {
        return sent(cookies).asServletRequest();
    }

    private static FakeRequest sent(List<Cookie> cookies) {
        FakeRequest request = FakeRequest.of("POST", "/oauth/authorize");
        cookies.forEach(cookie -> request.withCookie(cookie.getName(), cookie.getValue()));
        return request;
    }
}
