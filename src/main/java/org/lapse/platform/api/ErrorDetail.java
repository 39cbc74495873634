package org.lapse.platform.api;

import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with a request.
 *
 * @param errorCode the machine's word for it, such as {@code invalid.value}
 * @param fieldName the path of the field that is meant, such as {@code options.security.inactivity-timeout}
 * @param entityId the id of the entity that is meant
 * @param entityName the name of the entity that is meant
 */
public record ErrorDetail(
        String errorCode,
        @Nullable String fieldName,
        @Nullable String entityId,
        @Nullable String entityName) {

    static ErrorDetail ofField(String errorCode, String fieldName) {
        return new ErrorDetail(errorCode, fieldName, null, null);
    }
}
