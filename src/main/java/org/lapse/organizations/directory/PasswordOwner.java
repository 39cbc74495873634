package org.lapse.organizations.directory;

import java.util.UUID;

/**
 * Whose password it will be.
 *
 * @param organizationId the user's organization
 * @param organizationName what people call it
 * @param name what people call the user
 * @param username the user's name for signing in
 * @param hasSecondFactor whether nobody signs in as this user by the password alone
 */
record PasswordOwner(
        UUID organizationId, String organizationName, String name, String username, boolean hasSecondFactor) {}
