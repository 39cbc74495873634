package org.lapse.insight.delivery;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.lapse.access.oauth.LogoutTokens;
import org.lapse.organizations.application.OAuthClient;
import org.lapse.platform.clock.WallClock;
import org.lapse.platform.outbound.OutboundAnswer;
import org.lapse.platform.outbound.OutboundCalls;
import org.lapse.platform.outbound.RefusedAddressException;

/**
 * Sends logout tokens to applications.
 *
 * @see <a href="https://openid.net/specs/openid-connect-backchannel-1_0.html#BCRequest">OpenID Connect Back-Channel
 *     Logout 1.0, sections 2.5 and 2.8</a>
 */
@Singleton
class LogoutSender {
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final int BAD_REQUEST = 400;
    private static final int GONE = 410;

    private final LogoutAddresses addresses;
    private final LogoutTokens tokens;
    private final OutboundCalls calls;
    private final WallClock clock;

    @Inject
    LogoutSender(LogoutAddresses addresses, LogoutTokens tokens, OutboundCalls calls, WallClock clock) {
        this.addresses = addresses;
        this.tokens = tokens;
        this.calls = calls;
        this.clock = clock;
    }

    /** Signs a token and sends it, to where the application wants to have it now. */
    Attempt send(Delivery delivery) {
        Optional<URI> address = addresses
                .find(delivery.receiverId())
                .flatMap(OAuthClient::backchannelLogoutUri)
                .map(URI::create);
        if (address.isEmpty()) {
            return Attempt.dropped(delivery, clock.now());
        }
        String token = tokens.write(
                delivery.id(), delivery.receiverId(), delivery.userId(), delivery.sessionId(), clock.now());
        try {
            OutboundAnswer answer = calls.post(address.get(), FORM, "logout_token=" + token); // base64url and dots
            return attempt(delivery, answer, clock.now());
        } catch (IOException e) {
            return Attempt.failed(delivery, clock.now(), Duration.ZERO, inWords(e));
        }
    }

    private static Attempt attempt(Delivery delivery, OutboundAnswer answer, Instant now) {
        if (answer.isSuccess()) {
            return Attempt.delivered(delivery, now);
        }
        int status = answer.status();
        String error = (status + " " + answer.beginning()).strip();
        if (status == BAD_REQUEST || status == GONE || status / 100 == 3) {
            return Attempt.refused(delivery, now, error);
        }
        return Attempt.failed(delivery, now, answer.retryAfter().orElse(Duration.ZERO), error);
    }

    /** What an administrator sees; nothing of the address, whose path may hold a key. */
    private static String inWords(IOException e) {
        if (e instanceof RefusedAddressException) {
            return String.valueOf(e.getMessage());
        }
        if (e instanceof UnknownHostException) {
            return "The name of the host is not known.";
        }
        if (e instanceof SocketTimeoutException) {
            return "There was no answer in time.";
        }
        if (e instanceof ConnectException) {
            return "The host does not accept connections.";
        }
        return e instanceof SSLException
                ? "TLS failed: its certificate is not trusted, or not for this host."
                : "The connection broke, or the answer is not HTTP.";
    }
}
