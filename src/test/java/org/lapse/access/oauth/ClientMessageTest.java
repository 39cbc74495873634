package org.lapse.access.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ClientMessageTest {
    private static final Map<String, Client> CLIENTS = Map.of("desk", Wanted.desk(), "service", Wanted.service());

    @Test
    void aConfidentialClientAuthenticatesInTheHeaderOrInTheForm() {
        assertThat(sender("a=b", basic("service", Wanted.SECRET.replace(' ', '+')))
                        .id())
                .isEqualTo("service");
        assertThat(sender("client_id=service&client_secret=" + Wanted.SECRET.replace(' ', '+'), null)
                        .id())
                .isEqualTo("service");
    }

    @Test
    void aPublicClientOnlySaysWhoItIs() {
        assertThat(sender("client_id=desk", null).id()).isEqualTo("desk");
    }

    @Test
    void aWrongSecretAnUnknownClientAndNoSecretAreRefusedAlike() {
        assertThat(refused("a=b", basic("service", "wrong"))).isEqualTo("invalid_client 401");
        assertThat(refused("a=b", basic("nobody", "wrong"))).isEqualTo("invalid_client 401");
        assertThat(refused("client_id=service", null)).isEqualTo("invalid_client 401");
        assertThat(refused("client_id=nobody", null)).isEqualTo("invalid_client 401");
        assertThat(refused("a=b", null)).isEqualTo("invalid_client 401");
    }

    @Test
    void aPublicClientHasNoSecretToShow() {
        assertThat(refused("a=b", basic("desk", "anything"))).isEqualTo("invalid_client 401");
    }

    @Test
    void malformedAuthenticationIsNobodys() {
        assertThat(refused("a=b", "Basic !!!")).isEqualTo("invalid_client 401");
        assertThat(refused("a=b", "Basic")).isEqualTo("invalid_client 401");
        assertThat(refused("a=b", "Bearer " + Wanted.SECRET)).isEqualTo("invalid_client 401");
        assertThat(refused("client_secret=x", null)).isEqualTo("invalid_client 401");
        assertThat(refused("client_id=service&client_assertion=x", null)).isEqualTo("invalid_client 401");
    }

    @Test
    void twoWaysAtOnceAreRefused() {
        assertThat(refused("client_id=service&client_secret=x", basic("service", "x")))
                .isEqualTo("invalid_request 400");
        assertThat(refused("client_id=desk", basic("service", "x"))).isEqualTo("invalid_request 400");
    }

    private static Client sender(String form, @Nullable String authorization) {
        return new ClientMessage(Parameters.parse(form), authorization)
                .sender(id -> Optional.ofNullable(CLIENTS.get(id)));
    }

    private static String refused(String form, @Nullable String authorization) {
        OAuthRefusal refusal = catchThrowableOfType(OAuthRefusal.class, () -> sender(form, authorization));
        return refusal.error().getCode() + " " + refusal.error().getHTTPStatusCode();
    }

    private static String basic(String id, String secret) {
        return "Basic " + Base64.getEncoder().encodeToString((id + ":" + secret).getBytes(StandardCharsets.UTF_8));
    }
}
