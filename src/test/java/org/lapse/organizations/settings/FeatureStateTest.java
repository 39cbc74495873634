package org.lapse.organizations.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.lapse.organizations.settings.OrganizationsResource.FeatureState;
import org.lapse.platform.api.ApiException;

class FeatureStateTest {
    private static final FeatureState ON = new FeatureState(true);
    private static final FeatureState OFF = new FeatureState(false);

    @Test
    void queryOrBodySaysIt() {
        assertThat(FeatureState.wanted("true", null)).isTrue();
        assertThat(FeatureState.wanted("false", null)).isFalse();
        assertThat(FeatureState.wanted(null, ON)).isTrue();
        assertThat(FeatureState.wanted(null, OFF)).isFalse();
        assertThat(FeatureState.wanted("true", ON)).isTrue();
    }

    @Test
    void nothingOrAContradictionIsRefused() {
        assertThatThrownBy(() -> FeatureState.wanted(null, null)).isInstanceOf(ApiException.class);
        assertThatThrownBy(() -> FeatureState.wanted(null, new FeatureState(null)))
                .isInstanceOf(ApiException.class);
        assertThatThrownBy(() -> FeatureState.wanted("1", ON)).isInstanceOf(ApiException.class);
        assertThatThrownBy(() -> FeatureState.wanted("false", ON)).isInstanceOf(ApiException.class);
    }
}
