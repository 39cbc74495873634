package org.lapse.organizations.application;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApplicationTypeTest {

    @ParameterizedTest
    @CsvSource({
        "13, CFGCMClient",
        "19, CFGSCE",
        "44, CFGSCI",
        "51, CFGInteractionRoutingDesigner",
        "157, CFGInteractionWorkspace",
        "165, CFGGenesysAdministrator",
        "169, CFGBusinessRulesGUI",
        "cfgsce, CFGSCE",
        "CFGOfAnother, CFGOfAnother"
    })
    void typeIsKnownByItsPublishedNumberAndByItsName(String given, String name) {
        assertThat(ApplicationType.of(given)).contains(new ApplicationType(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "99999", "CFG", "SCE", "CFG ", "CFG\u0000", "CFGSCE OR"})
    void whatCanBeNoTypeIsNone(String given) {
        assertThat(ApplicationType.of(given)).isEmpty();
    }
}
