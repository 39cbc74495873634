package org.lapse.organizations.directory;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.lapse.platform.api.ApiException;
import org.lapse.platform.api.Texts;

/**
 * What an administrator changes of a user; a field that is left out stays as it was. What the API only tells about a
 * user may stand in the body, for clients that send back what they read, and changes nothing.
 *
 * @param name what people call the user
 * @param email the name for signing in
 * @param username the same; of the two the one that is new decides
 * @param state {@code active} or {@code inactive}
 * @param version the version that the change is based on
 */
@JsonIgnoreProperties({"id", "groups", "authorization", "organization", "selfUri"})
public record UserChange(
        @Nullable String name,
        @Nullable String email,
        @Nullable String username,
        @Nullable String state,
        @Nullable Integer version) {
    int validVersion() {
        if (version == null) {
            throw ApiException.invalidValue("version", "The version that the change is based on is missing.");
        }
        return version;
    }

    /** Whether the user signs in by another name after it. */
    boolean callsOtherwise(User user) {
        return !newUsernames(user).isEmpty();
    }

    private Set<String> newUsernames(User user) {
        return Stream.of(email, username)
                .filter(Objects::nonNull)
                .filter(given -> !user.isCalled(given))
                .map(given -> User.normalized(UserCreation.email("email", given)))
                .collect(Collectors.toSet());
    }

    void apply(User user) {
        if (name != null) {
            user.rename(Texts.name("name", name));
        }
        Set<String> newUsernames = newUsernames(user);
        if (newUsernames.size() > 1) {
            throw ApiException.invalidValue("username", "The e-mail address and the username are the same thing.");
        }
        newUsernames.forEach(user::callForSignIn);
        if (state != null) {
            user.setEnabled(UserCreation.isEnabled(state));
        }
    }
}
