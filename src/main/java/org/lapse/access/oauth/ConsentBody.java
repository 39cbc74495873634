package org.lapse.access.oauth;

import java.time.Instant;
import java.util.List;
import org.lapse.platform.api.TokenAudiences;

/**
 * A user's consent on the wire.
 *
 * @param client the application that the user gave access
 * @param scope the scopes that it may be granted without asking again
 * @param audience the APIs for which it may be granted them, as in a token's {@code aud}
 * @param dateGiven when the user consented last
 * @param selfUri where it is taken back
 */
public record ConsentBody(
        ClientReference client, List<String> scope, List<String> audience, Instant dateGiven, String selfUri) {
    static ConsentBody of(Consent consent, String applicationName, TokenAudiences audiences) {
        return new ConsentBody(
                new ClientReference(consent.applicationId(), applicationName),
                consent.scope(),
                consent.audience(audiences),
                consent.givenAt(),
                ConsentsResource.CONSENTS + "/" + consent.applicationId());
    }

    /**
     * An application.
     *
     * @param id the {@code client_id}
     * @param name what people call it
     */
    public record ClientReference(String id, String name) {}
}
