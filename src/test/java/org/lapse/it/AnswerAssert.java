package org.lapse.it;

import java.util.Objects;
import org.assertj.core.api.AbstractAssert;

/** Assertions about answers, in the words of {@code reference/cloud-api.md}. */
final class AnswerAssert extends AbstractAssert<AnswerAssert, Answer> {
    private AnswerAssert(Answer actual) {
        super(actual, AnswerAssert.class);
    }

    static AnswerAssert assertThat(Answer actual) {
        return new AnswerAssert(actual);
    }

    AnswerAssert hasStatus(int status) {
        if (actual.status() != status) {
            failWithMessage("%s instead of %s: %s", actual, status, actual.body());
        }
        return this;
    }

    /** The refusal has that status and the whole error body of the API, with that code. */
    AnswerAssert isRefused(int status, String code) {
        hasStatus(status).hasErrorBody();
        String actualCode = actual.json().path("code").asText();
        if (!code.equals(actualCode)) {
            failWithMessage("%s with code %s instead of %s: %s", actual, actualCode, code, actual.body());
        }
        return this;
    }

    /** The refusal speaks of that field of the request. */
    AnswerAssert namesField(String field) {
        String named = actual.json().path("details").path(0).path("fieldName").asText();
        if (!field.equals(named)) {
            failWithMessage("%s names the field <%s> instead of <%s>: %s", actual, named, field, actual.body());
        }
        return this;
    }

    /** The body is the error body of the API and agrees with the status and the correlation id of the answer. */
    AnswerAssert hasErrorBody() {
        var body = actual.json();
        for (String text : new String[] {"message", "code", "contextId", "messageWithParams"}) {
            if (!body.path(text).isTextual() || body.path(text).asText().isBlank()) {
                failWithMessage("%s lacks %s in its error body: %s", actual, text, actual.body());
            }
        }
        if (body.path("status").asInt() != actual.status()) {
            failWithMessage("%s says another status in its body: %s", actual, actual.body());
        }
        String correlationId = actual.header("ININ-Correlation-Id").orElse("(none)");
        if (!Objects.equals(body.path("contextId").asText(), correlationId)) {
            failWithMessage(
                    "%s has another correlation id, %s, than its body: %s", actual, correlationId, actual.body());
        }
        return this;
    }

    /** The refusal is one of the OAuth endpoints' (RFC 6749 section 5.2), with the vendor's {@code description}. */
    AnswerAssert isOAuthError(int status, String error) {
        hasStatus(status);
        var body = actual.json();
        if (!error.equals(body.path("error").asText())) {
            failWithMessage("%s with error %s instead of %s", actual, actual.body(), error);
        }
        if (body.path("error_description").asText().isBlank()
                || !body.path("error_description").equals(body.path("description"))) {
            failWithMessage("%s says no error_description, or another description: %s", actual, actual.body());
        }
        return this;
    }
}
