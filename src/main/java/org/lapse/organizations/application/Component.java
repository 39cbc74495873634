package org.lapse.organizations.application;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The components that the guide names as supporting the inactivity timeout. Each is a built-in template, the same in
 * every organization: it carries the component's own option names with their defaults, 0 for no timeout.
 *
 * <p>SIP Feature Server is two, because its two ways in have a timeout each; both end the session. All the others lock
 * it.
 *
 * @see <a href="https://docs.genesys.com/Documentation/System/latest/SDG/InactivityTimeout">Genesys Security Deployment
 *     Guide, Inactivity Timeout, Supporting Components</a>
 */
enum Component {
    /** Configuration Manager. */
    CONFIGURATION_MANAGER(1, "Configuration Manager", "CFGSCE", OnInactivity.LOCK, standard("0")),

    /** Genesys Administrator Extension, whose own option is in seconds: 600 are SIP Feature Server's ten minutes. */
    GENESYS_ADMINISTRATOR_EXTENSION(
            2,
            "Genesys Administrator Extension",
            "CFGGenesysAdministratorServer",
            OnInactivity.LOCK,
            List.of(TimeoutOption.seconds("general", "inactivity_timeout")),
            standard("0"),
            value("general", "inactivity_timeout", "0")),

    /** Solution Control Interface. */
    SOLUTION_CONTROL_INTERFACE(3, "Solution Control Interface", "CFGSCI", OnInactivity.LOCK, standard("0")),

    /** Genesys Rules System. */
    GENESYS_RULES_SYSTEM(4, "Genesys Rules System", "CFGBusinessRulesGUI", OnInactivity.LOCK, standard("0")),

    /** Interaction Routing Designer. */
    INTERACTION_ROUTING_DESIGNER(
            5, "Interaction Routing Designer", "CFGInteractionRoutingDesigner", OnInactivity.LOCK, standard("0")),

    /** Outbound Contact Manager. */
    OUTBOUND_CONTACT_MANAGER(6, "Outbound Contact Manager", "CFGCMClient", OnInactivity.LOCK, standard("0")),

    /** Pulse. The vendor has not published its type: the name is ours. */
    PULSE(7, "Pulse", "CFGPulse", OnInactivity.LOCK, standard("0")),

    /** Workspace Web Edition. The vendor has not published its type: the name is ours. */
    WORKSPACE_WEB_EDITION(8, "Workspace Web Edition", "CFGWorkspaceWebEdition", OnInactivity.LOCK, standard("0")),

    /** Workspace Desktop Edition, formerly Interaction Workspace. */
    WORKSPACE_DESKTOP_EDITION(
            9,
            "Workspace Desktop Edition",
            "CFGInteractionWorkspace",
            OnInactivity.LOCK,
            List.of(TimeoutOption.minutes(NotReady.SECTION, "security.inactivity-timeout")),
            standard("0"),
            value(NotReady.SECTION, "security.inactivity-timeout", "0"),
            value(NotReady.SECTION, NotReady.SET, "true"),
            value(NotReady.SECTION, NotReady.REASON, "")),

    /**
     * Genesys Customer Experience Insights: MicroStrategy's options, which it labels in seconds. The vendor has not
     * published its type: the name is ours.
     */
    CUSTOMER_EXPERIENCE_INSIGHTS(
            10,
            "Genesys Customer Experience Insights",
            "CFGCustomerExperienceInsights",
            OnInactivity.LOCK,
            List.of(
                    TimeoutOption.seconds("general", "user session idle time"),
                    TimeoutOption.seconds("general", "web user session idle time")),
            standard("0"),
            value("general", "user session idle time", "0"),
            value("general", "web user session idle time", "0")),

    /** SIP Feature Server on the web: ten minutes. The vendor has not published its type: the name is ours. */
    SIP_FEATURE_SERVER(11, "SIP Feature Server", "CFGSIPFeatureServer", OnInactivity.REVOKE, standard("10")),

    /** SIP Feature Server on the telephone: three attempts of ten seconds. The name of the type is ours. */
    SIP_FEATURE_SERVER_TELEPHONE(
            12,
            "SIP Feature Server Telephone User Interface",
            "CFGSIPFeatureServerTUI",
            OnInactivity.REVOKE,
            List.of(new TimeoutOption.Attempts(
                    new ApplicationOption("telephone", "attempts"),
                    new ApplicationOption("telephone", "attempt-seconds"))),
            value("telephone", "attempts", "3"),
            value("telephone", "attempt-seconds", "10")),

    /** Genesys Administrator. */
    GENESYS_ADMINISTRATOR(13, "Genesys Administrator", "CFGGenesysAdministrator", OnInactivity.LOCK, standard("0"));

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<TimeoutOption> timeoutOptions;

    @SuppressWarnings("ImmutableEnumChecker") // its maps are unmodifiable
    private final ApplicationTemplate template;

    Component(int dbid, String title, String type, OnInactivity onInactivity, Value... values) {
        this(dbid, title, type, onInactivity, List.of(), values);
    }

    Component(
            int dbid,
            String title,
            String type,
            OnInactivity onInactivity,
            List<TimeoutOption> timeoutOptions,
            Value... values) {
        this.timeoutOptions = timeoutOptions;
        Map<ApplicationOption, String> options = new HashMap<>();
        for (Value value : values) {
            options.put(value.place, value.text);
        }
        options.put(SecurityOptions.ON_INACTIVITY, onInactivity.optionValue());
        this.template = ApplicationTemplate.builtIn(
                dbid, title, new ApplicationType(type), ApplicationOption.bySection(options));
    }

    /** The component of that type. */
    static Optional<Component> ofType(ApplicationType type) {
        return Arrays.stream(values())
                .filter(component -> component.template.type().equals(type))
                .findFirst();
    }

    /** The names of its own timeout options, beside {@link TimeoutOption#SECURITY}. */
    List<TimeoutOption> timeoutOptions() {
        return timeoutOptions;
    }

    /** The template that every organization has of it. */
    ApplicationTemplate template() {
        return template;
    }

    private static Value standard(String minutes) {
        return value(SecurityOptions.SECTION, "inactivity-timeout", minutes);
    }

    private static Value value(String section, String key, String text) {
        return new Value(new ApplicationOption(section, key), text);
    }

    private record Value(ApplicationOption place, String text) {}
}
