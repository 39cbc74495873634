package org.lapse.organizations.directory;

import java.net.URI;
import java.time.Instant;

/**
 * A link to set a password by, on the wire; told this once.
 *
 * @param uri the address, whose fragment is the secret
 * @param dateExpires until when it works
 */
public record PasswordLinkBody(URI uri, Instant dateExpires) {
    @Override
    public String toString() {
        return "PasswordLinkBody[dateExpires=" + dateExpires + "]";
    }
}
