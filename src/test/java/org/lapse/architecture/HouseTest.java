package org.lapse.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
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
