package org.lapse.access.gax;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ObjectQueryTest {

    private static ObjectQuery query(Map<String, String> parameters) {
        return ObjectQuery.of(name -> Optional.ofNullable(parameters.get(name)));
    }

    private static ConfigurationObject object(String name, String subtype) {
        return new ConfigurationObject("101", name, "CfgApplication", subtype, "1", "", "102", null, null, null);
    }

    @Test
    void withoutFiltersEveryObjectOfTheTypeIsMeant() {
        ObjectQuery query = query(Map.of("type", "CfgApplication"));

        assertThat(query.type()).isEqualTo(ObjectType.APPLICATION);
        assertThat(query.brief()).isFalse();
        assertThat(query.matches(object("a", "CFGSCE"))).isTrue();
    }

    @Test
    void filtersAreJoinedByOrAndTypesMayBeNumbers() {
        ObjectQuery query = query(Map.of("type", "CfgApplication", "filters", "subtype=CFGSCE OR subtype=44"));

        assertThat(query.matches(object("a", "CFGSCE"))).isTrue();
        assertThat(query.matches(object("a", "CFGSCI"))).isTrue();
        assertThat(query.matches(object("a", "CFGCMClient"))).isFalse();
    }

    @Test
    void nameIsMeantLetterByLetter() {
        ObjectQuery query = query(Map.of("type", "CfgApplication", "name", "Desk"));

        assertThat(query.matches(object("Desk", "CFGSCE"))).isTrue();
        assertThat(query.matches(object("desk", "CFGSCE"))).isFalse();
    }
}
