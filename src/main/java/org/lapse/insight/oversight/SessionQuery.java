package org.lapse.insight.oversight;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lapse.platform.api.ApiException;
import org.lapse.platform.api.Ids;
import org.lapse.platform.api.SortOrder;
import org.lapse.rules.timeout.TimeoutRule;

/**
 * The query of {@code GET /api/v2/sessions} as it was sent.
 *
 * @param state where they stand: {@code active}, {@code held} or {@code locked}
 * @param lapsingWithin how soon they lapse, in seconds
 * @param userId whose they are
 * @param applicationId in which application
 * @param groupId of which group their users are members
 * @param rule which rule decided their timeout
 * @param lastResetBy what reset their timer last
 * @param contains what the user name or the application's id contains
 * @param sortBy by what they are sorted
 * @param sortOrder {@code asc} or {@code desc}
 */
record SessionQuery(
        @Nullable String state,
        @Nullable String lapsingWithin,
        @Nullable String userId,
        @Nullable String applicationId,
        @Nullable String groupId,
        @Nullable String rule,
        @Nullable String lastResetBy,
        @Nullable String contains,
        @Nullable String sortBy,
        @Nullable String sortOrder) {
    private static final int LONGEST = 200;

    private static final Set<String> RULES =
            Arrays.stream(TimeoutRule.values()).map(TimeoutRule::wireName).collect(Collectors.toUnmodifiableSet());

    /**
     * Which sessions are asked for.
     *
     * @throws ApiException 400 {@code invalid.value} naming the parameter that is malformed
     */
    SessionFilter filter() {
        if (rule != null && !RULES.contains(rule)) {
            throw ApiException.invalidValue("rule", "A rule is one of group, organization, application, hipaa, none.");
        }
        return new SessionFilter(
                Optional.ofNullable(state).map(LiveState::ofWire),
                Optional.ofNullable(lapsingWithin).map(text -> seconds("lapsingWithin", text)),
                id("userId", userId),
                Optional.ofNullable(applicationId),
                id("groupId", groupId),
                Optional.ofNullable(rule),
                Optional.ofNullable(lastResetBy),
                contained(contains));
    }

    /**
     * In which order.
     *
     * @throws ApiException 400 {@code invalid.value}
     */
    SessionOrder order() {
        return SessionOrder.of(sortBy, SortOrder.of(sortOrder));
    }

    /** The listing's path with what this query says, for the addresses of its other pages. */
    String appendedTo(String path) {
        Map<String, @Nullable String> all = new LinkedHashMap<>();
        all.put("state", state);
        all.put("lapsingWithin", lapsingWithin);
        all.put("userId", userId);
        all.put("applicationId", applicationId);
        all.put("groupId", groupId);
        all.put("rule", rule);
        all.put("lastResetBy", lastResetBy);
        all.put("contains", contains);
        all.put("sortBy", sortBy);
        all.put("sortOrder", sortOrder);
        String query = all.entrySet().stream()
                .filter(parameter -> parameter.getValue() != null)
                .map(parameter -> parameter.getKey() + "="
                        + URLEncoder.encode(String.valueOf(parameter.getValue()), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return query.isEmpty() ? path : path + "?" + query;
    }

    /**
     * A time in whole seconds.
     *
     * @throws ApiException 400 {@code invalid.value} where it is none from a second to a day
     */
    static Duration seconds(String field, String text) {
        if (!text.matches("[1-9]\\d{0,4}")
                || Integer.parseInt(text) > Duration.ofDays(1).toSeconds()) {
            throw ApiException.invalidValue(field, field + " is a whole number of seconds from 1 to 86400.");
        }
        return Duration.ofSeconds(Integer.parseInt(text));
    }

    private static Optional<UUID> id(String field, @Nullable String given) {
        return Optional.ofNullable(given)
                .map(text -> Ids.ofQuery(field, List.of(text)))
                .map(ids -> ids.get(0));
    }

    private static String contained(@Nullable String given) {
        String wanted = given == null ? "" : given.strip().toLowerCase(Locale.ROOT);
        if (wanted.length() > LONGEST) {
            throw ApiException.invalidValue("contains", "A part of a name has at most 200 characters.");
        }
        return wanted;
    }
}
