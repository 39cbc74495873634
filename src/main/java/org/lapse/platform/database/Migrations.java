package org.lapse.platform.database;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.time.Duration;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * Brings the tables up to date before anything reads them: applies the scripts in {@code db/migration} that the
 * database has not seen yet, and refuses a database that a newer Lapse has changed. A startup bean that needs tables
 * says {@code @DependsOn("Migrations")}.
 *
 * <p>No statement of theirs is cut short, however long a large table takes. They run outside of the server's
 * transactions, because Flyway opens and commits its own.
 */
@Singleton
@Startup
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Migrations {
    private static final Duration PATIENCE = Duration.ofDays(1);
    private static final String[] NOT_EVEN_NEWER_ONES = {};

    @Resource(name = "jdbc/lapse")
    private DataSource database;

    /** Applies the missing migrations; a failure stops the deployment. */
    @PostConstruct
    void migrate() {
        DatabaseFile.keepFromOthers(database);
        DataSource patient = new PatientDataSource(database, PATIENCE);
        SupportedDatabase.check(patient);
        Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(patient)
                .locations("classpath:db/migration")
                .ignoreMigrationPatterns(NOT_EVEN_NEWER_ONES)
                .load()
                .migrate();
    }
}
