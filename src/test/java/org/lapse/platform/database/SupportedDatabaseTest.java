package org.lapse.platform.database;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SupportedDatabaseTest {
    @Test
    void olderPostgresqlIsRefusedByItsVersion() {
        assertThatThrownBy(() -> SupportedDatabase.check(database("PostgreSQL", 14)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Lapse needs PostgreSQL 15 or later, and this one is 14.5");
    }

    @ParameterizedTest
    @CsvSource({"PostgreSQL,15", "PostgreSQL,18", "H2,2"})
    void whatLapseIsTestedWithIsNot(String product, int version) {
        assertThatCode(() -> SupportedDatabase.check(database(product, version)))
                .doesNotThrowAnyException();
    }

    private static DataSource database(String product, int version) {
        DatabaseMetaData about = answering(
                DatabaseMetaData.class,
                Map.of(
                        "getDatabaseProductName",
                        product,
                        "getDatabaseMajorVersion",
                        version,
                        "getDatabaseProductVersion",
                        version + ".5"));
        Connection connection = answering(Connection.class, Map.of("getMetaData", about));
        return answering(DataSource.class, Map.of("getConnection", connection));
    }

    private static <T> T answering(Class<T> type, Map<String, ?> answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answers.get(method.getName())));
    }
}
