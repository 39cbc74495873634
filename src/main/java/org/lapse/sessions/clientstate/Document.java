package org.lapse.sessions.clientstate;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.lapse.platform.api.ApiException;

/** One JSON value in UTF-8 (RFC 8259), at most 64 KiB, kept byte for byte. It never appears in a log. */
public final class Document {
    /** The longest document, in bytes. */
    static final int LONGEST = 65_536;

    private static final JsonFactory JSON = new JsonFactory();

    private final byte[] bytes;

    private Document(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * The document that was sent.
     *
     * @throws ApiException 400 where it is none, 413 where it is too long
     */
    static Document sent(byte[] body) {
        if (body.length == 0) {
            throw ApiException.badRequest("The body is missing.");
        }
        if (body.length > LONGEST) {
            throw ApiException.bodyTooLarge("The document has more than 65536 bytes.");
        }
        if (!isOneJsonValue(body)) {
            throw ApiException.badRequest("The body is not one JSON value in UTF-8.");
        }
        return new Document(body.clone());
    }

    /** A document that was stored. */
    static Document stored(byte[] bytes) {
        return new Document(bytes.clone());
    }

    private static boolean isOneJsonValue(byte[] body) {
        try (JsonParser parser = JSON.createParser(StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(body))
                .toString())) {
            if (parser.nextToken() == null) {
                return false;
            }
            parser.skipChildren();
            return parser.nextToken() == null;
        } catch (CharacterCodingException | JsonProcessingException e) {
            return false;
        } catch (IOException e) {
            throw new IllegalStateException("A text in memory cannot be read", e);
        }
    }

    byte[] bytes() {
        return bytes.clone();
    }

    /** The strong validator of this very content (RFC 9110 section 8.8.3), without its quotation marks. */
    String entityTag() {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
