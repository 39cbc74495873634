package org.lapse.access.oauth;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.PlainClientSecret;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.lapse.organizations.application.ClientSecret;

/**
 * What a client posts to one of its endpoints: a form, and perhaps who it is in the header.
 *
 * @param parameters the form, each parameter sent once
 * @param authorization the header {@code Authorization}; null where there is none
 */
record ClientMessage(Parameters parameters, @Nullable String authorization) {
    /**
     * Reads the message.
     *
     * @throws OAuthRefusal {@code invalid_request} if it is no form, or names a parameter twice
     */
    static ClientMessage read(HttpServletRequest request) throws IOException {
        return new ClientMessage(Parameters.ofBody(request).once(), request.getHeader("Authorization"));
    }

    /**
     * The client that sent it: a confidential one by its secret, in the header or in the form, a public one by its
     * {@code client_id}.
     *
     * @param clients how clients are found
     * @throws OAuthRefusal {@code invalid_client} if it is not who it says, {@code unauthorized_client} if it is
     *     disabled
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

    /**
     * The token that it is about.
     *
     * @throws OAuthRefusal {@code invalid_request} if it names none
     */
    String token() {
        return parameters.get("token").orElseThrow(() -> OAuthRefusal.invalidRequest("The token is missing."));
    }

    private Optional<PlainClientSecret> authentication() {
        try {
            if (authorization != null) {
                return Optional.of(ClientSecretBasic.parse(authorization));
            }
            if (parameters.get("client_secret").isPresent()) {
                return Optional.of(ClientSecretPost.parse(parameters.asMap()));
            }
        } catch (ParseException | IllegalArgumentException e) {
            throw OAuthRefusal.invalidClient("The client's authentication is malformed.");
        }
        if (parameters.get("client_assertion").isPresent()) {
            throw OAuthRefusal.invalidClient("Clients authenticate with client_secret_basic or client_secret_post.");
        }
        return Optional.empty();
    }

    private Client withSecret(PlainClientSecret given, Function<String, Optional<Client>> clients) {
        String id = given.getClientID().getValue();
        if (authorization != null && parameters.get("client_secret").isPresent()) {
            throw OAuthRefusal.invalidRequest("The client authenticates in the header or in the form, not in both.");
        }
        if (parameters.get("client_id").filter(other -> !other.equals(id)).isPresent()) {
            throw OAuthRefusal.invalidRequest("The client_id of the form is not that of the header.");
        }
        ClientSecret secret = new ClientSecret(given.getClientSecret().getValue());
        return clients.apply(id)
                .map(client -> client.giving(secret))
                .filter(Client::isAuthenticated)
                .orElseThrow(() -> OAuthRefusal.invalidClient("The client is unknown, or its secret is not right."));
    }

    private Client withoutSecret(Function<String, Optional<Client>> clients) {
        String id = parameters
                .get("client_id")
                .orElseThrow(() -> OAuthRefusal.invalidClient("The client does not say who it is."));
        return clients.apply(id)
                .filter(Client::isAuthenticated)
                .orElseThrow(() -> OAuthRefusal.invalidClient("The client is unknown, or must authenticate."));
    }

    /** Says nothing of what is sent, which holds secrets. */
    @Override
    public String toString() {
        return "ClientMessage[" + parameters + "]";
    }
}
