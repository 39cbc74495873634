package org.lapse.organizations.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.lapse.rules.timeout.ApplicationTimeout;
import org.lapse.rules.timeout.InactivityTimeout;

/**
 * The twelve components that the guide names: their options, units, timeouts, and what becomes of an unused session.
 */
class BuiltInTemplatesTest {
    private static final Duration LONGEST = Duration.ofHours(8);
    private static final Instant NOW = Instant.EPOCH;

    @Test
    void configurationManager() {
        locksByTheStandardOption("Configuration Manager", "CFGSCE");
    }

    @Test
    void solutionControlInterface() {
        locksByTheStandardOption("Solution Control Interface", "CFGSCI");
    }

    @Test
    void genesysRulesSystem() {
        locksByTheStandardOption("Genesys Rules System", "CFGBusinessRulesGUI");
    }

    @Test
    void interactionRoutingDesigner() {
        locksByTheStandardOption("Interaction Routing Designer", "CFGInteractionRoutingDesigner");
    }

    @Test
    void outboundContactManager() {
        locksByTheStandardOption("Outbound Contact Manager", "CFGCMClient");
    }

    @Test
    void pulse() {
        locksByTheStandardOption("Pulse", "CFGPulse");
    }

    @Test
    void workspaceWebEdition() {
        locksByTheStandardOption("Workspace Web Edition", "CFGWorkspaceWebEdition");
    }

    @Test
    void genesysAdministrator() {
        locksByTheStandardOption("Genesys Administrator", "CFGGenesysAdministrator");
    }

    @Test
    void genesysAdministratorExtensionHasAnOptionOfItsOwnInSeconds() {
        Application made = locksByTheStandardOption("Genesys Administrator Extension", "CFGGenesysAdministratorServer");

        assertThat(made.options().get("general")).isEqualTo(Map.of("inactivity_timeout", "0"));
        assertThat(timeoutWith(made, "general", "inactivity_timeout", "600")).isEqualTo(minutes(10));
    }

    @Test
    void workspaceDesktopEditionHasAnOptionOfItsOwnInMinutesAndSetsAgentsNotReady() {
        Application made = locksByTheStandardOption("Workspace Desktop Edition", "CFGInteractionWorkspace");

        assertThat(made.options().get("interaction-workspace"))
                .isEqualTo(Map.of(
                        "security.inactivity-timeout", "0",
                        "security.inactivity-set-agent-not-ready", "true",
                        "security.inactivity-not-ready-reason", ""));
        assertThat(timeoutWith(made, "interaction-workspace", "security.inactivity-timeout", "15"))
                .isEqualTo(minutes(15));
        assertThat(rulesOf(made).notReadyOnInactivity()).contains(new NotReady(Optional.empty()));
        made.setOption(new ApplicationOption(NotReady.SECTION, NotReady.REASON), "Away", NOW);
        assertThat(rulesOf(made).notReadyOnInactivity()).contains(new NotReady(Optional.of("Away")));
        made.setOption(new ApplicationOption(NotReady.SECTION, NotReady.SET), "false", NOW);
        assertThat(rulesOf(made).notReadyOnInactivity()).isEmpty();
    }

    @Test
    void genesysCustomerExperienceInsightsHasTwoOptionsOfItsOwnInSeconds() {
        Application made =
                locksByTheStandardOption("Genesys Customer Experience Insights", "CFGCustomerExperienceInsights");

        assertThat(made.options().get("general"))
                .isEqualTo(Map.of("user session idle time", "0", "web user session idle time", "0"));
        assertThat(timeoutWith(made, "general", "user session idle time", "1800"))
                .isEqualTo(minutes(30));
        assertThat(timeoutWith(made, "general", "web user session idle time", "600"))
                .isEqualTo(minutes(10));
    }

    @Test
    void sipFeatureServerDisconnectsAfterTenMinutesOnTheWeb() {
        Application made = madeFrom("SIP Feature Server", "CFGSIPFeatureServer");

        assertThat(made.options())
                .isEqualTo(Map.of("security", Map.of("inactivity-timeout", "10", "on-inactivity", "revoke")));
        assertThat(rulesOf(made).security())
                .isEqualTo(new SecurityOptions(
                        minutes(10)
                                .map(timeout ->
                                        new ApplicationTimeout("[security] inactivity-timeout", "minutes", timeout)),
                        OnInactivity.REVOKE));
    }

    @Test
    void sipFeatureServerDisconnectsAfterThreeAttemptsOfTenSecondsOnTheTelephone() {
        Application made = madeFrom("SIP Feature Server Telephone User Interface", "CFGSIPFeatureServerTUI");

        assertThat(made.options())
                .isEqualTo(Map.of(
                        "telephone", Map.of("attempts", "3", "attempt-seconds", "10"),
                        "security", Map.of("on-inactivity", "revoke")));
        assertThat(rulesOf(made).security())
                .isEqualTo(new SecurityOptions(
                        Optional.of(new ApplicationTimeout(
                                "[telephone] attempts and attempt-seconds",
                                "attempts",
                                InactivityTimeout.ofSeconds(30))),
                        OnInactivity.REVOKE));
        assertThat(timeoutWith(made, "telephone", "attempts", "0")).isEmpty();
    }

    @Test
    void everyTemplateHasItsOwnDbidNameAndType() {
        assertThat(Component.values()).hasSize(13);
        assertThat(Component.values()).extracting(one -> one.template().dbid()).doesNotHaveDuplicates();
        assertThat(Component.values()).extracting(one -> one.template().name()).doesNotHaveDuplicates();
        assertThat(Component.values()).extracting(one -> one.template().type()).doesNotHaveDuplicates();
    }

    private static Application locksByTheStandardOption(String component, String type) {
        Application made = madeFrom(component, type);
        assertThat(made.options().get("security"))
                .isEqualTo(Map.of("inactivity-timeout", "0", "on-inactivity", "lock"));
        assertThat(rulesOf(made).security()).isEqualTo(new SecurityOptions(Optional.empty(), OnInactivity.LOCK));
        assertThat(timeoutWith(made, "security", "inactivity-timeout", "5")).isEqualTo(minutes(5));
        made.setOption(new ApplicationOption("security", "inactivity-timeout"), "0", NOW);
        return made;
    }

    private static Application madeFrom(String component, String type) {
        ApplicationTemplate template = Arrays.stream(Component.values())
                .map(Component::template)
                .filter(one -> one.name().equals(component))
                .findFirst()
                .orElseThrow();
        assertThat(template.type().name()).isEqualTo(type);
        assertThat(template.builtIn()).isTrue();
        return Application.of(template, new UUID(0, 1), "Made from " + component, NOW);
    }

    private static Optional<InactivityTimeout> timeoutWith(
            Application application, String section, String key, String value) {
        application.setOption(new ApplicationOption(section, key), value, NOW);
        Optional<InactivityTimeout> timeout =
                rulesOf(application).security().inactivityTimeout().map(ApplicationTimeout::timeout);
        application.setOption(new ApplicationOption(section, key), "0", NOW);
        return timeout;
    }

    private static Optional<InactivityTimeout> minutes(long minutes) {
        return Optional.of(InactivityTimeout.ofMinutes(minutes));
    }

    private static ApplicationRules rulesOf(Application application) {
        return ApplicationRules.of(application, LONGEST);
    }
}
