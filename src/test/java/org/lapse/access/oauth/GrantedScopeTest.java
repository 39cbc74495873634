package org.lapse.access.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GrantedScopeTest {
    @Test
    void onlyKnownScopesAreGrantedAndThoseInOurOrder() {
        assertThat(GrantedScope.of(Optional.of("email users openid"), Set.of())).isEqualTo("openid email");
        assertThat(GrantedScope.of(Optional.empty(), Set.of())).isEmpty();
    }

    @Test
    void scopesOfTheApplicationLimitWhatIsGranted() {
        assertThat(GrantedScope.of(Optional.of("openid email"), Set.of("openid", "profile")))
                .isEqualTo("openid");
    }
}
