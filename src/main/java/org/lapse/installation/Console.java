package org.lapse.installation;

import java.util.Set;

/** The administrators' console at {@code /admin/} as an application: a public client, since it runs in browsers. */
final class Console {
    /** The id of the first organization's. */
    static final String ID = "lapse-console";

    static final String NAME = "Lapse Console";

    private Console() {}

    /** Its own address, and that of the page on which people see to their accounts, who sign in by way of it. */
    static Set<String> redirectUris(String issuer) {
        return Set.of(issuer + "/admin/", issuer + "/account/");
    }
}
