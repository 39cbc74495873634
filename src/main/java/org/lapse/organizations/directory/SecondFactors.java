package org.lapse.organizations.directory;

import java.util.UUID;

/**
 * Who signs in with something besides the password. Every bean of this type is asked, and one that says yes is enough:
 * packages above this one bring their factors by being such a bean.
 */
public interface SecondFactors {
    /** Whether nobody signs in as this user by the password alone, now and until somebody changes that. */
    boolean areInForce(UUID organizationId, UUID userId);
}
