package org.lapse.organizations.directory;

import java.util.List;
import java.util.UUID;

/**
 * What an organization asks of new passwords beyond the {@link PasswordPolicy}. Every bean of this type is asked, and one that
 * objects is enough: packages above this one bring their rules by being such a bean.
 */
public interface PasswordRules {
    /** What a new password has too little of; empty where nothing is missing. */
    List<PasswordObjection.Missing> missing(UUID organizationId, String newPassword);
}
