package org.lapse.platform.api;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.resource.spi.ResourceAllocationException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.SystemException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseOutageTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"08006", "08001", "53100", "53300", "57P01", "57P03", "57014", "HYT00", "HY000", "90028", "90098"
            })
    void whatKeepsADatabaseFromAnsweringIsAnOutage(String state) {
        assertThat(DatabaseOutage.isBehind(new IllegalStateException(new SQLException("no", state))))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"23505", "22001", "42601", "40001", ""})
    void aFaultOfOursIsNone(String state) {
        assertThat(DatabaseOutage.isBehind(new IllegalStateException(new SQLException("no", state))))
                .isFalse();
    }

    @Test
    void aPoolThatHasNoConnectionToGiveIsAnOutage() {
        assertThat(DatabaseOutage.isBehind(new SQLException(new ResourceAllocationException("in use"))))
                .isTrue();
    }

    @Test
    void aCommitThatCannotBeDoneIsAnOutageAsBothServersSayIt() {
        RollbackException ofWildFly = new RollbackException("ARJUNA016053: Could not commit transaction.");
        ofWildFly.addSuppressed(new IllegalStateException(new SQLException("Writing to the file failed", "HY000")));

        assertThat(DatabaseOutage.isBehind(new IllegalStateException(ofWildFly)))
                .isTrue();
        assertThat(DatabaseOutage.isBehind(new IllegalStateException(new SystemException())))
                .isTrue();
        assertThat(DatabaseOutage.isBehind(new RollbackException("somebody was faster")))
                .isFalse();
    }
}
