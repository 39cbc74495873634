package org.lapse.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HouseTest {

    /** So there is no cycle either. */
    @Test
    void everyRowNamesOnlyRowsAboveIt() {
        Set<String> above = new HashSet<>();
        House.MAY_USE.forEach((row, used) -> {
            assertThat(above).as("above " + row).containsAll(used);
            above.add(row);
        });
    }

    /** Row follows row as room follows room, from wing to wing: so no room uses one on a higher floor. */
    @Test
    void rowsStandInTheOrderOfTheWings() {
        List<String> rooms = House.WINGS.entrySet().stream()
                .flatMap(wing -> wing.getValue().isEmpty() ? Stream.of(wing.getKey()) : wing.getValue().stream())
                .toList();

        assertThat(House.MAY_USE.keySet()).containsExactlyElementsOf(rooms);
    }

    @Test
    void roomIsKnownInItsOwnWingAlone() {
        assertThat(House.roomOf("sessions.ledger")).isEqualTo("ledger");
        assertThat(House.roomOf("sessions.ledger.part")).isEqualTo("ledger");
        assertThat(House.roomOf("installation")).isEqualTo("installation");
        assertThat(House.MAY_USE)
                .doesNotContainKeys(
                        House.roomOf("ledger"),
                        House.roomOf("access.ledger"),
                        House.roomOf("sessions"),
                        House.roomOf("garage"));
    }

    @Test
    void everyListedPackageHasARow() {
        assertThat(House.MAY_USE.keySet())
                .containsAll(House.LIBRARIES_OF_PURE_PACKAGES.keySet())
                .containsAll(House.USED_BY_NOBODY);
    }

    @Test
    void theWaysInAndOutAreUsedByNobody() {
        assertThat(House.MAY_USE.values())
                .allSatisfy(used -> assertThat(used).doesNotContainAnyElementsOf(House.USED_BY_NOBODY));
    }

    @Test
    void purePackagesUseNoneOfOurs() {
        assertThat(House.LIBRARIES_OF_PURE_PACKAGES.keySet())
                .allSatisfy(pure -> assertThat(House.MAY_USE.get(pure)).isEmpty());
    }
}
