package org.lapse.organizations.application;

import jakarta.persistence.Embeddable;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.lapse.platform.api.ApiException;
import org.lapse.platform.api.Texts;

/** The place of one option: its section and its key. */
@Embeddable
record ApplicationOption(String section, String optionKey) {

    private static final int LONGEST_PLACE = 255;
    private static final int LONGEST_VALUE = 4000;

    /**
     * The place of an option that somebody wants to set.
     *
     * @param collection {@code options} or {@code annex}: where the request's body has it
     * @param value what is to stand there; null where it is to be taken away
     * @throws ApiException 400 {@code invalid.value} where a name is blank or something is too long to be kept
     */
    static ApplicationOption of(String collection, String section, String key, @Nullable String value) {
        if (section.isBlank() || section.length() > LONGEST_PLACE) {
            throw ApiException.invalidValue(
                    collection + "." + section, "A section has a name of 1 to 255 characters and options.");
        }
        if (key.isBlank() || key.length() > LONGEST_PLACE || (value != null && value.length() > LONGEST_VALUE)) {
            throw ApiException.invalidValue(
                    collection + "." + section + "." + key,
                    "An option has a key of 1 to 255 and a value of up to 4000 characters.");
        }
        if (value != null && (!Texts.isName(section) || !Texts.isName(key))) { // what is there may be taken away
            throw ApiException.invalidValue(
                    collection + "." + section + "." + key,
                    "Sections and keys have a character that one sees, no blank around it, and one line.");
        }
        return new ApplicationOption(section, key);
    }

    /** The option as administrators write it, such as {@code [security] inactivity-timeout}. */
    String inWords() {
        return "[" + section + "] " + optionKey;
    }

    /** The path of the option in a request's body, such as {@code options.security.inactivity-timeout}. */
    String path() {
        return "options." + section + "." + optionKey;
    }

    /** The values by section and key, in the order of the alphabet; nobody changes them. */
    static Map<String, Map<String, String>> bySection(Map<ApplicationOption, String> values) {
        Map<String, Map<String, String>> sections = new TreeMap<>();
        values.forEach((place, value) -> sections.computeIfAbsent(place.section, section -> new TreeMap<>())
                .put(place.optionKey, value));
        sections.replaceAll((section, options) -> Collections.unmodifiableMap(options));
        return Collections.unmodifiableMap(sections);
    }

    /** The values by place. */
    static Map<ApplicationOption, String> flat(Map<String, Map<String, String>> sections) {
        Map<ApplicationOption, String> values = new HashMap<>();
        sections.forEach((section, options) ->
                options.forEach((key, value) -> values.put(new ApplicationOption(section, key), value)));
        return values;
    }
}
