package org.lapse.organizations.application;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.lapse.platform.api.ApiException;
import org.lapse.rules.timeout.ApplicationTimeout;
import org.lapse.rules.timeout.InactivityTimeout;

/** One of the names under which a component keeps its inactivity timeout. */
sealed interface TimeoutOption {

    /**
     * The Framework's own: {@code [security] inactivity-timeout} in minutes. It holds for every type of application.
     */
    TimeoutOption SECURITY = minutes(SecurityOptions.SECTION, "inactivity-timeout");

    /**
     * The timeout that the options set under this name; empty where the option is absent or 0.
     *
     * @param options section, key, value
     * @param longest the longest timeout that this installation permits
     * @throws ApiException 400 {@code invalid.value} with the option's path
     */
    Optional<ApplicationTimeout> read(Map<String, Map<String, String>> options, Duration longest);

    /** Where it stands among the options. */
    List<ApplicationOption> places();

    /** An option in whole minutes. */
    static TimeoutOption minutes(String section, String key) {
        return new Time(new ApplicationOption(section, key), Duration.ofMinutes(1), "minutes");
    }

    /** An option in whole seconds. */
    static TimeoutOption seconds(String section, String key) {
        return new Time(new ApplicationOption(section, key), Duration.ofSeconds(1), "seconds");
    }

    /** The shortest of the timeouts that the options set for an application of that type; empty where they set none. */
    static Optional<ApplicationTimeout> shortest(
            ApplicationType type, Map<String, Map<String, String>> options, Duration longest) {
        return of(type).flatMap(option -> option.read(options, longest).stream())
                .reduce(ApplicationTimeout::shorterOf);
    }

    private static Stream<TimeoutOption> of(ApplicationType type) {
        List<TimeoutOption> own =
                Component.ofType(type).map(Component::timeoutOptions).orElse(List.of());
        return Stream.concat(Stream.of(SECURITY), own.stream());
    }

    /**
     * The shortest of the timeouts of an application whose options were checked when they were written. It is longer
     * than permitted where the permitted maximum was lowered since.
     */
    static Optional<ApplicationTimeout> stored(ApplicationType type, Map<String, Map<String, String>> options) {
        return shortest(type, options, Duration.ofSeconds(Long.MAX_VALUE));
    }

    /**
     * Checks the timeouts that somebody has changed. What they left alone may be longer than permitted, where the
     * permitted maximum was lowered since.
     *
     * @param before section, key, value, as they were checked earlier
     * @param after the same as they are to be
     * @param longest the longest timeout that this installation permits
     * @throws ApiException 400 {@code invalid.value} with the option's path
     */
    static void check(
            ApplicationType type,
            Map<String, Map<String, String>> before,
            Map<String, Map<String, String>> after,
            Duration longest) {
        of(type).filter(option -> option.places().stream()
                        .anyMatch(place -> !value(before, place).equals(value(after, place))))
                .forEach(option -> option.read(after, longest));
    }

    /**
     * A whole number of a unit.
     *
     * @param place where it stands
     * @param unit how long one is
     * @param unitName the unit in words
     */
    record Time(ApplicationOption place, Duration unit, String unitName) implements TimeoutOption {
        @Override
        public List<ApplicationOption> places() {
            return List.of(place);
        }

        @Override
        public Optional<ApplicationTimeout> read(Map<String, Map<String, String>> options, Duration longest) {
            long number = wholeNumber(options, place, longest.dividedBy(unit), unitName);
            return number == 0
                    ? Optional.empty()
                    : Optional.of(new ApplicationTimeout(
                            place.inWords(), unitName, new InactivityTimeout(unit.multipliedBy(number))));
        }
    }

    /**
     * So many attempts, each of so many seconds, as the telephone user interface of SIP Feature Server counts: 3 of 10
     * seconds are 30 seconds.
     *
     * @param attempts how often the caller is asked
     * @param seconds how long each attempt waits
     */
    record Attempts(ApplicationOption attempts, ApplicationOption seconds) implements TimeoutOption {
        private static final long MOST_ATTEMPTS = 99;
        private static final String ATTEMPTS = "attempts";

        @Override
        public List<ApplicationOption> places() {
            return List.of(attempts, seconds);
        }

        @Override
        public Optional<ApplicationTimeout> read(Map<String, Map<String, String>> options, Duration longest) {
            long times = wholeNumber(options, attempts, MOST_ATTEMPTS, ATTEMPTS);
            long each = wholeNumber(options, seconds, longest.toSeconds() / Math.max(1, times), "seconds");
            return times * each == 0
                    ? Optional.empty()
                    : Optional.of(new ApplicationTimeout(
                            attempts.inWords() + " and " + seconds.optionKey(),
                            ATTEMPTS,
                            InactivityTimeout.ofSeconds(times * each)));
        }
    }

    private static String value(Map<String, Map<String, String>> options, ApplicationOption place) {
        return options.getOrDefault(place.section(), Map.of()).getOrDefault(place.optionKey(), "0");
    }

    private static long wholeNumber(
            Map<String, Map<String, String>> options, ApplicationOption place, long most, String unitName) {
        String value = value(options, place);
        if (!value.matches("\\d{1,9}") || Long.parseLong(value) > most) {
            throw ApiException.invalidValue(
                    place.path(),
                    place.optionKey() + " is a whole number of " + unitName + " from 0 (none) to " + most + ".");
        }
        return Long.parseLong(value);
    }
}
