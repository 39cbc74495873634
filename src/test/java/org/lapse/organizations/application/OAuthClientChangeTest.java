package org.lapse.organizations.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lapse.platform.api.ApiException;
import org.lapse.platform.api.ErrorDetail;
import org.lapse.platform.api.StrictJson;

class OAuthClientChangeTest {
    private static final Instant NINE = Instant.parse("2026-11-21T09:00:00Z");

    @Test
    void codeClientHasASecretAndMayComeWithoutIt() {
        Application client = codeClient();

        change("{\"registeredRedirectUri\":[\"https://app.example/cb\"]}").apply(client, NINE);

        assertThat(client.hasSecret()).isTrue();
        assertThat(client.isPublicClient()).isTrue();
        assertThat(client.tokenValidity()).isEqualTo(Duration.ofDays(1));
        assertThat(client.scopes()).isEmpty();
    }

    @Test
    void codeClientCanBeMadeToGiveItsSecret() {
        Application client = codeClient();

        change("{\"registeredRedirectUri\":[\"https://app.example/cb\"],\"secretRequired\":true}")
                .apply(client, NINE);

        assertThat(client.isPublicClient()).isFalse();
    }

    @Test
    void pkceIsWaivedOnlyWhileTheSecretIsRequired() {
        Application client = codeClient();
        change("{\"registeredRedirectUri\":[\"https://app.example/cb\"],\"secretRequired\":true,"
                        + "\"proofKeyRequired\":false}")
                .apply(client, NINE);

        assertThat(client.isProofKeyRequired()).isFalse();
        assertThatThrownBy(() -> change("{\"secretRequired\":false}").apply(client, NINE))
                .isInstanceOf(ApiException.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"proofKeyRequired":false}                                          | proofKeyRequired
            {"accessTokenValiditySeconds":299}                                  | accessTokenValiditySeconds
            {"accessTokenValiditySeconds":172801}                               | accessTokenValiditySeconds
            {"registeredRedirectUri":[]}                                        | registeredRedirectUri
            {"registeredRedirectUri":[null]}                                    | registeredRedirectUri
            {"registeredRedirectUri":["http://app.example/"]}                   | registeredRedirectUri
            {"scope":["users"]}                                                 | scope
            {"state":"ACTIVE"}                                                  | state
            {"name":" "}                                                        | name
            """)
    void whatACodeClientCannotBeIsRefused(String json, String field) {
        Application client = codeClient();
        change("{\"registeredRedirectUri\":[\"https://app.example/cb\"]}").apply(client, NINE);

        assertThatThrownBy(() -> change(json).apply(client, NINE))
                .isInstanceOfSatisfying(ApiException.class, refusal -> assertThat(refusal.details())
                        .extracting(ErrorDetail::fieldName)
                        .containsExactly(field));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"registeredRedirectUri":["https://app.example/"]} | registeredRedirectUri
            {"scope":["openid"]}                               | scope
            {"secretRequired":false}                           | secretRequired
            {"proofKeyRequired":false}                         | proofKeyRequired
            """)
    void whatAClientOnItsOwnCannotBeIsRefused(String json, String field) {
        Application client = Application.client(
                UUID.randomUUID(), "Robot", AuthorizedGrantType.CLIENT_CREDENTIALS, new ClientSecret("s"), null, NINE);

        assertThatThrownBy(() -> change(json).apply(client, NINE))
                .isInstanceOfSatisfying(ApiException.class, refusal -> assertThat(refusal.details())
                        .extracting(ErrorDetail::fieldName)
                        .containsExactly(field));
    }

    @ParameterizedTest
    @CsvSource({"TOKEN", "SAML2-BEARER", "PASSWORD", "code", "''"})
    void otherGrantTypesAreRefused(String grantType) {
        OAuthClientChange change = change("{\"authorizedGrantType\":\"" + grantType + "\"}");

        assertThatThrownBy(change::grantType).isInstanceOf(ApiException.class);
    }

    @Test
    void rolesOfOneDivisionAreRefusedBecauseTheyWouldBeRolesOfAll() {
        UUID role = UUID.randomUUID();

        assertThat(change("{\"roleDivisions\":" + inDivision("*", role) + "}").roles(Set.of()))
                .contains(Set.of(role));
        assertThatThrownBy(() -> change("{\"roleDivisions\":" + inDivision("x", role) + "}")
                        .roles(Set.of()))
                .isInstanceOf(ApiException.class);
    }

    @Test
    void ofTheTwoWaysToNameRolesTheOneThatIsNewDecides() {
        UUID old = UUID.randomUUID();
        UUID wanted = UUID.randomUUID();

        assertThat(roles(wanted, old).roles(Set.of(old))).contains(Set.of(wanted));
        assertThat(roles(old, wanted).roles(Set.of(old))).contains(Set.of(wanted));
        assertThat(roles(wanted, wanted).roles(Set.of(old))).contains(Set.of(wanted));
        assertThatThrownBy(() -> roles(wanted, UUID.randomUUID()).roles(Set.of(old)))
                .isInstanceOf(ApiException.class);
    }

    private static OAuthClientChange roles(UUID byId, UUID inDivision) {
        return change("{\"roleIds\":[\"" + byId + "\"],\"roleDivisions\":" + inDivision("*", inDivision) + "}");
    }

    private static String inDivision(String division, UUID role) {
        return "[{\"roleId\":\"" + role + "\",\"divisionId\":\"" + division + "\"}]";
    }

    @Test
    void dateOfDeletionThatNobodyWouldKeepIsRefused() {
        assertThatThrownBy(() ->
                        change("{\"dateToDelete\":\"2027-01-01T00:00:00Z\"}").apply(codeClient(), NINE))
                .isInstanceOf(ApiException.class);
    }

    private static Application codeClient() {
        return Application.client(
                UUID.randomUUID(), "Desk", AuthorizedGrantType.CODE, new ClientSecret("s"), null, NINE);
    }

    private static OAuthClientChange change(String json) {
        try {
            return StrictJson.mapper().readValue(json, OAuthClientChange.class);
        } catch (JsonProcessingException e) {
            throw new AssertionError(json, e);
        }
    }
}
