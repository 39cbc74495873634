package org.lapse.organizations.directory;

import java.util.Optional;
import java.util.UUID;

/**
 * What an organization asks of new passwords beyond the {@link PasswordPolicy}. Every bean of this type is asked, and one that
 * objects is enough: packages above this one bring their rules by being such a bean.
 */
public interface PasswordRules {
    /** What is wrong with a new password, in one English sentence that does not repeat it; empty where nothing is. */
    Optional<String> objection(UUID organizationId, String newPassword);
}
