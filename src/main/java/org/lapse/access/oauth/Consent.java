package org.lapse.access.oauth;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lapse.organizations.application.OAuthScope;
import org.lapse.platform.api.TokenAudiences;

/** The row of a user's consent: what an application may be granted for the user without asking again. */
@Entity
@Table(name = "consent")
class Consent {
    @Id
    private UUID id;

    @SuppressWarnings("UnusedVariable") // queries read it
    private UUID userId;

    private String applicationId;
    private String scope;
    private @Nullable String audience;
    private Instant givenAt;

    @SuppressWarnings("NullAway.Init") // the persistence provider fills the fields
    protected Consent() {}

    Consent(UUID userId, String applicationId) {
        this.id = UUID.randomUUID();
        this.userId = userId;
        this.applicationId = applicationId;
        this.scope = "";
        this.givenAt = Instant.EPOCH;
    }

    String applicationId() {
        return applicationId;
    }

    /** The words of what the user consented to, in our own order. */
    List<String> scope() {
        return GrantedScope.words(scope);
    }

    /** When it was given last. */
    Instant givenAt() {
        return givenAt;
    }

    /** For which APIs it was given, as they are named in a token's {@code aud}; none before it is given. */
    List<String> audience(TokenAudiences audiences) {
        return audience == null ? List.of() : audiences.of(audience);
    }

    /** Whether the application may be granted a scope for APIs by it, as the application is now. */
    boolean covers(Client client, String wantedScope, String wantedAudience, TokenAudiences audiences) {
        return client.application().holdsConsentOf(givenAt)
                && scope().containsAll(GrantedScope.words(wantedScope))
                && audience(audiences).containsAll(audiences.of(wantedAudience));
    }

    /** The user consents to this too; what does not hold any more is not consented to again. */
    void give(Client client, String more, String moreAudience, TokenAudiences audiences, Instant now) {
        Set<String> all = new LinkedHashSet<>(GrantedScope.words(more));
        Set<String> apis = new TreeSet<>(audiences.of(moreAudience));
        if (client.application().holdsConsentOf(givenAt)) {
            all.addAll(scope());
            apis.addAll(audience(audiences));
        }
        scope = OAuthScope.values().stream()
                .map(OAuthScope::wireName)
                .filter(all::contains)
                .collect(Collectors.joining(" "));
        audience = audiences.stored(apis);
        givenAt = now;
    }
}
