package org.lapse.access.oauth;

import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import org.jspecify.annotations.Nullable;

/**
 * What a client shows to redeem a code.
 *
 * @param clientId which client
 * @param redirectUri the address to which the code was sent
 * @param verifier the secret behind the code challenge
 */
record CodeProof(
        String clientId,
        @Nullable String redirectUri,
        @Nullable CodeVerifier verifier) {
    @Override
    public String toString() {
        return "CodeProof[" + clientId + "]";
    }
}
