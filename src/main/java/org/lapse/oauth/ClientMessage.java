package org.lapse.oauth;

import com.nimbusds.common.contenttype.ContentType;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.PlainClientSecret;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.lapse.application.ClientSecret;
import org.lapse.page.Issuer;

/**
 * What a client posts to one of its endpoints: a form, and perhaps who it is in the header.
 *
 * @param parameters the form
 * @param http the message for Nimbus to parse
 */
record ClientMessage(Parameters parameters, HTTPRequest http) {
    private static final String AUTHORIZATION = "Authorization";

    /**
     * Reads the message.
     *
     * @throws OAuthRefusal {@code invalid_request} if it is no form, or names a parameter twice
     */
    static ClientMessage read(HttpServletRequest request, Issuer issuer) throws IOException {
        Parameters parameters = Parameters.ofBody(request).once();
        return of(parameters, request.getHeader(AUTHORIZATION), issuer);
    }

    static ClientMessage of(Parameters parameters, @Nullable String authorization, Issuer issuer) {
        HTTPRequest http = new HTTPRequest(HTTPRequest.Method.POST, issuer.endpoint("/oauth"));
        http.setEntityContentType(ContentType.APPLICATION_URLENCODED);
        if (authorization != null) {
            http.setAuthorization(authorization);
        }
        http.setBody(parameters.encoded());
        return new ClientMessage(parameters, http);
    }

    /**
     * The client that sent it: a confidential one by its secret, in the header or in the form, a public one by its
     * {@code client_id}.
     *
     * @param clients how clients are found
     * @throws OAuthRefusal {@code invalid_client} if it is not who it says, {@code unauthorized_client} if it is disabled
     * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-2.3">RFC 6749, section 2.3</a>
     */
    Client sender(Function<String, Optional<Client>> clients) {
        Client client =
                authentication().map(given -> withSecret(given, clients)).orElseGet(() -> withoutSecret(clients));
        if (!client.isActive()) {
            throw OAuthRefusal.unauthorizedClient("The application is disabled.");
        }
        return client;
    }

    private Optional<PlainClientSecret> authentication() {
        ClientAuthentication given;
        try {
            given = ClientAuthentication.parse(http);
        } catch (ParseException | IllegalArgumentException e) {
            throw OAuthRefusal.invalidClient("The client's authentication is malformed.");
        }
        if (given == null) {
            return Optional.empty();
        }
        if (given instanceof PlainClientSecret secret) {
            return Optional.of(secret);
        }
        throw OAuthRefusal.invalidClient("Clients authenticate with client_secret_basic or client_secret_post.");
    }

    private Client withSecret(PlainClientSecret given, Function<String, Optional<Client>> clients) {
        String id = given.getClientID().getValue();
        boolean inHeader = http.getAuthorization() != null;
        if (inHeader && parameters.get("client_secret").isPresent()) {
            throw OAuthRefusal.invalidRequest("The client authenticates in the header or in the form, not in both.");
        }
        if (parameters.get("client_id").filter(other -> !other.equals(id)).isPresent()) {
            throw OAuthRefusal.invalidRequest("The client_id of the form is not that of the header.");
        }
        ClientSecret secret = new ClientSecret(given.getClientSecret().getValue());
        return clients.apply(id)
                .filter(client -> client.application().hasSecret(secret))
                .orElseThrow(() -> OAuthRefusal.invalidClient("The client is unknown, or its secret is not right."));
    }

    private Client withoutSecret(Function<String, Optional<Client>> clients) {
        String id = parameters
                .get("client_id")
                .orElseThrow(() -> OAuthRefusal.invalidClient("The client does not say who it is."));
        return clients.apply(id)
                .filter(client -> client.application().isPublicClient())
                .orElseThrow(() -> OAuthRefusal.invalidClient("The client is unknown, or must authenticate."));
    }
}
