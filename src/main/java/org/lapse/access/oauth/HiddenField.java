package org.lapse.access.oauth;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.lapse.platform.page.FormGuard;

/** The hidden fields of a form, by which a request survives until the form comes back. */
final class HiddenField {
    private HiddenField() {}

    /** Those of the parameters that are named and were sent, and the value that proves whose form it is. */
    static List<Map<String, String>> of(Parameters parameters, List<String> names, String csrf) {
        List<Map<String, String>> fields = new ArrayList<>();
        for (String name : names) {
            parameters.all(name).forEach(value -> fields.add(Map.of("name", name, "value", value)));
        }
        fields.add(Map.of("name", FormGuard.FIELD, "value", csrf));
        return fields;
    }
}
