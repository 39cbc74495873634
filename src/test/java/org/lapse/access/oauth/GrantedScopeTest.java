package org.lapse.access.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class GrantedScopeTest {
    @Test
    void onlyKnownScopesAreGrantedAndThoseInOurOrder() {
        assertThat(granted("email users openid", Wanted.desk())).isEqualTo("openid email");
    }

    @Test
    void trustedApplicationThatNamesNoScopeGetsAllAndAnotherNone() {
        assertThat(GrantedScope.of(Optional.empty(), Wanted.desk().application()))
                .isEqualTo("all");
        assertThat(GrantedScope.of(Optional.of(""), Wanted.desk().application()))
                .isEmpty();
        assertThat(GrantedScope.of(Optional.empty(), Wanted.stranger().application()))
                .isEmpty();
    }

    @Test
    void scopesOfTheApplicationLimitWhatIsGranted() {
        assertThat(granted("openid email", Wanted.registeredFor("openid", "profile")))
                .isEqualTo("openid");
    }

    @Test
    void whoAsksForNoScopeGetsThoseThatTheApplicationIsRegisteredFor() {
        assertThat(GrantedScope.of(
                        Optional.empty(),
                        Wanted.registeredFor("presence", "openid").application()))
                .isEqualTo("openid presence");
    }

    @Test
    void trustedApplicationThatIsRegisteredForNoneMayBeGrantedAll() {
        assertThat(granted("all openid directory audits:audit:view", Wanted.desk()))
                .isEqualTo("openid all directory audits:audit:view");
    }

    @Test
    void applicationThatIsNotTrustedAndRegisteredForNoneLearnsWhoSignedInAndNoMore() {
        assertThat(granted("all openid directory audits:audit:view email", Wanted.stranger()))
                .isEqualTo("openid email");
    }

    @Test
    void applicationThatIsRegisteredForAnAreaMayBeGrantedAPermissionOfIt() {
        assertThat(granted("directory:user:edit oauth all", Wanted.stranger("directory")))
                .isEqualTo("directory:user:edit");
        assertThatThrownBy(() -> granted("directory", Wanted.stranger("directory:user:edit")))
                .hasMessageStartingWith("invalid_scope");
    }

    @Test
    void applicationOnItsOwnAsksForAllThatItMayUnlessItSays() {
        assertThat(GrantedScope.ofItself(Optional.empty(), Wanted.service().application()))
                .isEqualTo("all");
        assertThat(GrantedScope.ofItself(
                        Optional.of("openid audits"), Wanted.service().application()))
                .isEqualTo("audits");
        assertThatThrownBy(() -> GrantedScope.ofItself(
                        Optional.of("openid"), Wanted.service().application()))
                .hasMessageStartingWith("invalid_scope");
    }

    @Test
    void whatMeansNothingHereIsLeftOutAtEveryGrantUnlessNothingElseIsAskedFor() {
        Optional<String> withMore = Optional.of("openid audits payments");
        Optional<String> alone = Optional.of("payments");

        assertThat(GrantedScope.of(withMore, Wanted.desk().application())).isEqualTo("openid audits");
        assertThat(GrantedScope.ofItself(withMore, Wanted.service().application()))
                .isEqualTo("audits");
        assertThat(GrantedScope.ofRefresh("openid all", withMore)).isEqualTo("openid audits");
        assertThatThrownBy(() -> GrantedScope.of(alone, Wanted.desk().application()))
                .hasMessageStartingWith("invalid_scope");
        assertThatThrownBy(() -> GrantedScope.ofItself(alone, Wanted.service().application()))
                .hasMessageStartingWith("invalid_scope");
        assertThatThrownBy(() -> GrantedScope.ofRefresh("openid all", alone)).hasMessageStartingWith("invalid_scope");
    }

    private static String granted(String asked, Client client) {
        return GrantedScope.of(Optional.of(asked), client.application());
    }
}
