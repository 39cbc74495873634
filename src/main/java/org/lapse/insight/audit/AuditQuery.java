package org.lapse.insight.audit;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.lapse.organizations.directory.PasswordGuessesUsedUp;
import org.lapse.platform.api.ApiException;
import org.lapse.platform.api.SortOrder;
import org.lapse.sessions.session.EndReason;

/**
 * The query of {@code GET /api/v2/audits} as it was sent.
 *
 * @param action an action such as {@code session.end}, or with {@code .*} at its end it and all below it
 * @param entityType a kind of thing
 * @param entityId one thing
 * @param actorType a kind of actor, as the records have it
 * @param actorId one actor
 * @param concerns one user whom records concern, whoever acted
 * @param applicationId one application
 * @param remoteAddress an address, written as in the records
 * @param reason why a session ended, or from where no password is looked at
 * @param from the earliest moment, ISO 8601
 * @param to the moment before which it was, ISO 8601
 * @param sortOrder {@code desc} or {@code asc}
 */
record AuditQuery(
        @Nullable String action,
        @Nullable String entityType,
        @Nullable String entityId,
        @Nullable String actorType,
        @Nullable String actorId,
        @Nullable String concerns,
        @Nullable String applicationId,
        @Nullable String remoteAddress,
        @Nullable String reason,
        @Nullable String from,
        @Nullable String to,
        @Nullable String sortOrder) {
    /** An action, or with {@code .*} at its end all that begin with it. */
    private static final Pattern ACTION = Pattern.compile("[a-z]{1,60}(\\.[a-z]{1,60}){0,9}(\\.\\*)?");

    private static final Pattern ENTITY_TYPE = Pattern.compile("[a-z]{1,30}");

    private static final Pattern USER_ID =
            Pattern.compile("\\p{XDigit}{8}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{12}");

    /** So many characters has the longest id or address of a record. */
    private static final int LONGEST = 64;

    /** A year of four digits, which every database knows. */
    private static final Pattern INSTANT = Pattern.compile("[1-9]\\d{3}-.{1,60}");

    private static final String ALL_BELOW = ".*";

    private static final Set<String> REASONS = Stream.concat(
                    Arrays.stream(EndReason.values()).map(EndReason::name),
                    Arrays.stream(PasswordGuessesUsedUp.Reach.values()).map(PasswordGuessesUsedUp.Reach::name))
            .collect(Collectors.toUnmodifiableSet());

    /**
     * Which records are asked for.
     *
     * @throws ApiException 400 {@code invalid.value} naming the parameter that is malformed
     */
    AuditFilter filter() {
        Map<String, Object> exact = new LinkedHashMap<>();
        String actions = null;
        if (action != null) {
            require(
                    "action",
                    action,
                    ACTION.asMatchPredicate(),
                    "An action is like session.end, or session.* for all.");
            if (action.endsWith(ALL_BELOW)) {
                actions = action.substring(0, action.length() - ALL_BELOW.length());
            } else {
                exact.put("action", action);
            }
        }
        want(exact, "entityType", entityType, ENTITY_TYPE.asMatchPredicate(), "A kind of thing is one word.");
        want(exact, "entityId", entityId, AuditQuery::isShortText, "An id has at most 64 characters.");
        want(
                exact,
                "actorType",
                actorType,
                Actor.TYPES::contains,
                "An actor is a user, application, policy or unknown.");
        want(exact, "actorId", actorId, AuditQuery::isShortText, "An id has at most 64 characters.");
        if (concerns != null) {
            exact.put("concernedUserId", user("concerns", concerns));
        }
        want(exact, "applicationId", applicationId, AuditQuery::isShortText, "An id has at most 64 characters.");
        want(exact, "remoteAddress", remoteAddress, AuditQuery::isShortText, "An address has at most 64 characters.");
        want(exact, "reason", reason, REASONS::contains, "This is no reason that records have.");
        Instant earliest = instant("from", from);
        Instant end = instant("to", to);
        if (earliest != null && end != null && end.isBefore(earliest)) {
            throw ApiException.invalidValue("to", "to is not before from.");
        }
        return new AuditFilter(exact, actions, earliest, end);
    }

    /**
     * In which order; the latest first where nothing is said.
     *
     * @throws ApiException 400 {@code invalid.value}
     */
    SortOrder order() {
        return SortOrder.of(sortOrder, SortOrder.DESC);
    }

    /** The listing's path with what this query says, for the addresses of its other pages. */
    String appendedTo(String path) {
        Map<String, @Nullable String> all = new LinkedHashMap<>();
        all.put("action", action);
        all.put("entityType", entityType);
        all.put("entityId", entityId);
        all.put("actorType", actorType);
        all.put("actorId", actorId);
        all.put("concerns", concerns);
        all.put("applicationId", applicationId);
        all.put("remoteAddress", remoteAddress);
        all.put("reason", reason);
        all.put("from", from);
        all.put("to", to);
        all.put("sortOrder", sortOrder);
        StringBuilder uri = new StringBuilder(path);
        all.forEach((name, value) -> {
            if (value != null) {
                uri.append(uri.length() == path.length() ? '?' : '&')
                        .append(name)
                        .append('=')
                        .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
            }
        });
        return uri.toString();
    }

    private static void want(
            Map<String, Object> exact, String field, @Nullable String value, Predicate<String> good, String message) {
        if (value != null) {
            require(field, value, good, message);
            exact.put(field, value);
        }
    }

    private static void require(String field, String value, Predicate<String> good, String message) {
        if (!good.test(value)) {
            throw ApiException.invalidValue(field, message);
        }
    }

    private static UUID user(String field, String text) {
        require(field, text, USER_ID.asMatchPredicate(), "The id of a user is a UUID.");
        return UUID.fromString(text);
    }

    private static boolean isShortText(String text) {
        return !text.isBlank() && text.length() <= LONGEST && text.chars().noneMatch(Character::isISOControl);
    }

    private static @Nullable Instant instant(String field, @Nullable String text) {
        if (text == null) {
            return null;
        }
        require(field, text, INSTANT.asMatchPredicate(), "A moment is like 2026-11-21T12:00:00Z.");
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw ApiException.invalidValue(field, "A moment is like 2026-11-21T12:00:00Z.");
        }
    }
}
