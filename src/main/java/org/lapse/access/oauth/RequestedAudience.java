package org.lapse.access.oauth;

import com.nimbusds.oauth2.sdk.OAuth2Error;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.lapse.platform.api.TokenAudiences;

/**
 * The APIs for which a client asks for a token, in the parameter {@code resource}, which may be sent more than once.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8707#section-2">RFC 8707, section 2</a>
 */
final class RequestedAudience {
    static final String PARAMETER = "resource";

    private RequestedAudience() {}

    /**
     * What a request names, space-separated, in order; empty where it names none.
     *
     * @param audiences what a client may name
     * @throws OAuthRefusal {@code invalid_target} where it names something else
     */
    static String of(Parameters parameters, TokenAudiences audiences) {
        Set<String> named = new TreeSet<>(parameters.all(PARAMETER));
        if (!named.stream().allMatch(audiences::isKnown)) {
            throw OAuthRefusal.of(OAuth2Error.INVALID_TARGET, "There is no API of that name (resource).");
        }
        return String.join(" ", named);
    }

    /**
     * The audience of a token, of what was granted before and what is asked for now.
     *
     * @param granted empty where none was named before
     * @param asked empty where none is named now
     * @throws OAuthRefusal {@code invalid_target} where more is asked for than was granted
     */
    static String of(String granted, String asked) {
        if (granted.isEmpty() || asked.isEmpty()) {
            return granted.isEmpty() ? asked : granted;
        }
        if (!words(granted).containsAll(words(asked))) {
            throw OAuthRefusal.of(OAuth2Error.INVALID_TARGET, "The token was asked for another API (resource).");
        }
        return asked;
    }

    private static List<String> words(String audience) {
        return List.of(audience.split(" ", -1));
    }
}
