package org.lapse.access.gate;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.lapse.platform.api.BearerToken;
import org.lapse.sessions.ledger.LockReason;

/**
 * Why a call may not pass: {@code WWW-Authenticate} says it, and a body with the fields that clients of {@code /api}
 * read. Each way to refuse is one named factory; the status is always 401, because that is what every proxy
 * understands. The answers are made once, for there are few reasons, and much that is refused.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6750#section-3.1">RFC 6750, section 3.1</a>
 */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private static final Answer NO_TOKEN =
            new Answer(BearerToken.challenge(), "authentication.required", "The call carries no access token.");
    private static final Answer TWO_TOKENS = badRequest("The call carries more than one access token.");
    private static final Answer REPEATED_HEADER = badRequest("A header stands in the request more than once.");
    private static final Answer UNKNOWN_CALL = badRequest("The proxy does not say about which call it asks.");
    private static final Answer NOT_ASCII =
            badRequest("The address or the method of the call holds a byte that is no visible ASCII.");
    private static final Map<LockReason, Answer> LOCKED = new EnumMap<>(LockReason.class);

    static {
        for (LockReason reason : LockReason.values()) {
            LOCKED.put(
                    reason,
                    answer("insufficient_user_authentication", "insufficient_user_authentication", reason.sentence()));
        }
    }

    private static final Answer FOR_ANOTHER_API =
            answer("invalid_token", "bad.credentials", "The access token is for another API.");
    private static final Answer STRANGER =
            answer("access_denied", "not.authorized", "The gate answers trusted proxies alone.");
    private static final Answer FAULT =
            answer("temporarily_unavailable", "service.unavailable", "The server met an unexpected fault.");

    private static final Map<String, Answer> INVALID_TOKENS = new ConcurrentHashMap<>();
    private static final Map<String, Answer> NOT_FROM_THERE = new ConcurrentHashMap<>();

    private final transient Answer answer;

    private Refusal(Answer answer) {
        super(answer.challenge, null, false, false);
        this.answer = answer;
    }

    /**
     * An answer with an error.
     *
     * @param error the word of RFC 6750
     * @param code the word of {@code /api}
     * @param reason why, in one sentence of ours without quotation marks
     */
    private static Answer answer(String error, String code, String reason) {
        return new Answer(BearerToken.challenge(error, reason), code, reason);
    }

    private static Answer badRequest(String reason) {
        return answer("invalid_request", "bad.request", reason);
    }

    /** The call carries no token. */
    static Refusal noToken() {
        return new Refusal(NO_TOKEN);
    }

    /** The call carries a token in a header and one in a cookie, which RFC 6750 section 2 forbids. */
    static Refusal twoTokens() {
        return new Refusal(TWO_TOKENS);
    }

    /** A header stands in the request more than once. */
    static Refusal repeatedHeader() {
        return new Refusal(REPEATED_HEADER);
    }

    /** The token is unknown, has ended or has expired; {@code reason} is which of them, one of a few sentences. */
    static Refusal invalidToken(String reason) {
        return new Refusal(
                INVALID_TOKENS.computeIfAbsent(reason, why -> answer("invalid_token", "bad.credentials", why)));
    }

    /** The proxy demands an audience that the token does not have; RFC 9068 section 4. */
    static Refusal forAnotherApi() {
        return new Refusal(FOR_ANOTHER_API);
    }

    /** The session is locked; RFC 9470 section 3. */
    static Refusal locked(LockReason reason) {
        return new Refusal(Objects.requireNonNull(LOCKED.get(reason)));
    }

    /**
     * The organization permits no such call from there; {@code reason} says what it is about, in one of a few
     * sentences.
     */
    static Refusal notFromThere(String reason) {
        return new Refusal(
                NOT_FROM_THERE.computeIfAbsent(reason, why -> answer("access_denied", "not.authorized", why)));
    }

    /** Somebody asks who is no trusted proxy. */
    static Refusal stranger() {
        return new Refusal(STRANGER);
    }

    /** The proxy does not say about which call it asks, because it is not configured as it should be. */
    static Refusal unknownCall() {
        return new Refusal(UNKNOWN_CALL);
    }

    /** The call's address or method holds what may stand in neither. */
    static Refusal notAscii() {
        return new Refusal(NOT_ASCII);
    }

    /** Something went wrong on our side, so nobody passes. */
    static Refusal fault() {
        return new Refusal(FAULT);
    }

    /** The value of {@code WWW-Authenticate}. */
    String challenge() {
        return answer.challenge;
    }

    /** How many bytes the body has. */
    int length() {
        return answer.body.length;
    }

    /** Writes the body: a JSON object with {@code message}, {@code code} and {@code status}. */
    void writeTo(OutputStream out) throws IOException {
        out.write(answer.body);
    }

    /** What is sent. */
    private static final class Answer {
        final String challenge;
        final byte[] body;

        Answer(String challenge, String code, String reason) {
            this.challenge = challenge;
            this.body = ("{\"message\":\"" + reason + "\",\"code\":\"" + code + "\",\"status\":401}")
                    .getBytes(StandardCharsets.US_ASCII);
        }
    }
}
