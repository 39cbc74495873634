package org.lapse.platform.api;

import java.util.List;
import java.util.Map;

/**
 * The body of every refusal of {@code /api}, in the shape that the vendor's SDKs read.
 *
 * @param message what is wrong, in one English sentence
 * @param code the machine's word for it, such as {@code bad.credentials}
 * @param status the HTTP status
 * @param messageWithParams the message with placeholders
 * @param messageParams what stands in the placeholders
 * @param contextId the correlation id under which the server's log speaks of this answer
 * @param details which fields or entities are meant
 * @param errors further errors; always empty here
 */
public record ApiError(
        String message,
        String code,
        int status,
        String messageWithParams,
        Map<String, String> messageParams,
        String contextId,
        List<ErrorDetail> details,
        List<ApiError> errors) {

    static ApiError of(ApiException refusal, String contextId) {
        return new ApiError(
                refusal.message(),
                refusal.code(),
                refusal.status(),
                refusal.message(),
                Map.of(),
                contextId,
                refusal.details(),
                List.of());
    }
}
