package org.lapse.access.oauth;

import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.text.ParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an access token of ours says of itself, and of how its user has signed in. The ledger does not keep it for each
 * session, because the token itself says it; only tokens that are in the ledger are read, so no signature is verified.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9470#section-6.2">RFC 9470, section 6.2</a>
 */
final class AuthenticationClaims {
    private static final List<String> NAMES = List.of("iat", "jti", "auth_time", "acr", "amr");

    private AuthenticationClaims() {}

    /**
     * Those of {@code iat}, {@code jti}, {@code auth_time}, {@code acr} and {@code amr} that are there; none in what is
     * no JWT.
     */
    static Map<String, Object> of(String token) {
        int first = token.indexOf('.');
        int second = token.indexOf('.', first + 1);
        if (first < 0 || second < 0) {
            return Map.of();
        }
        try {
            Map<String, Object> claims =
                    JSONObjectUtils.parse(new Base64URL(token.substring(first + 1, second)).decodeToString());
            Map<String, Object> found = new LinkedHashMap<>();
            for (String name : NAMES) {
                if (claims.get(name) != null) {
                    found.put(name, claims.get(name));
                }
            }
            return found;
        } catch (ParseException e) {
            throw new IllegalStateException("A token in the ledger is not one of our JWTs", e);
        }
    }
}
