package org.lapse.rules.excludedapi;

import java.util.Arrays;
import java.util.Optional;

/**
 * The APIs that the vendor offers to exclude: what a client calls in the background. Each is off until an administrator
 * switches it on, by its wire name.
 *
 * @see <a href="https://help.mypurecloud.com/articles/set-an-automatic-inactivity-timeout/">Set an automatic inactivity
 *     timeout</a>
 */
public enum DefaultApi {
    /** Which features the installation has. */
    FEATURE_TOGGLES("api/v2/featuretoggles"),
    /** What clients tell about their speed; excluded where it is sent, not where it is read. */
    DIAGNOSTICS_INSIGHTS("api/v2/diagnostics/newrelic/insights", "POST"),
    /** The logs of clients; excluded where they are sent, not where they are read. */
    DIAGNOSTICS_TRACE("api/v2/diagnostics/trace", "POST"),
    /** The applications that are embedded in the client. */
    CLIENT_APPS("api/v2/integrations/clientapps"),
    /** Who the user is. */
    USERS_ME("api/v2/users/me");

    private static final String ALL_METHODS = "";

    private final String wireName;
    private final String method;

    DefaultApi(String wireName) {
        this(wireName, ALL_METHODS);
    }

    DefaultApi(String wireName, String method) {
        this.wireName = wireName;
        this.method = method;
    }

    /** The name in an organization's list of exclusions, without a method. */
    public String wireName() {
        return wireName;
    }

    /** The calls that are meant. */
    public ApiPattern pattern() {
        return ApiPattern.of(method + " " + wireName);
    }

    /** The default API of that name in the list; empty where the list names a custom one. */
    public static Optional<DefaultApi> ofWireName(String name) {
        return Arrays.stream(values()).filter(api -> api.wireName.equals(name)).findFirst();
    }
}
