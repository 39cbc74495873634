package org.lapse.middle;

import io.agroal.api.transaction.TransactionAware;
import io.agroal.api.transaction.TransactionIntegration;
import java.sql.Connection;
import java.sql.SQLException;
import javax.transaction.xa.XAResource;
import org.jspecify.annotations.Nullable;

/**
 * Enlists connections in transactions as another integration does, and lets a {@link Strand} stop directly before and
 * directly after the database commits. Whatever is registered with the transaction has run before the first and has yet
 * to run after the second, in whatever way it was registered.
 */
final class CommitBoundaries implements TransactionIntegration {
    private final TransactionIntegration integration;
    private final Database database;

    CommitBoundaries(TransactionIntegration integration, Database database) {
        this.integration = integration;
        this.database = database;
    }

    @Override
    public @Nullable TransactionAware getTransactionAware() throws SQLException {
        return integration.getTransactionAware() instanceof Watched watched ? watched.connection : null;
    }

    @Override
    @SuppressWarnings("resource") // stays open: the pool lends it to the transaction
    public void associate(TransactionAware connection, XAResource xaResource) throws SQLException {
        Strand strand = Strand.current();
        Runnable end = strand != null && connection.getConnection() instanceof Connection raw
                ? strand.uses(database.session(raw))
                : () -> {};
        integration.associate(new Watched(connection, end), xaResource);
    }

    @Override
    public boolean disassociate(TransactionAware connection) throws SQLException {
        return integration.disassociate(connection);
    }

    @Override
    public void addResourceRecoveryFactory(ResourceRecoveryFactory factory) {
        integration.addResourceRecoveryFactory(factory);
    }

    @Override
    public void removeResourceRecoveryFactory(ResourceRecoveryFactory factory) {
        integration.removeResourceRecoveryFactory(factory);
    }

    /** A connection in a transaction. */
    private static final class Watched implements TransactionAware {
        private final TransactionAware connection;
        private final Runnable end;

        Watched(TransactionAware connection, Runnable end) {
            this.connection = connection;
            this.end = end;
        }

        @Override
        public void transactionCommit() throws SQLException {
            Strand.pass(Strand.Place.BEFORE_COMMIT);
            connection.transactionCommit();
            Statements.note(Statements.COMMIT);
            Strand.pass(Strand.Place.AFTER_COMMIT);
        }

        @Override
        public void transactionStart() throws SQLException {
            connection.transactionStart();
        }

        @Override
        public void transactionBeforeCompletion(boolean successful) {
            connection.transactionBeforeCompletion(successful);
        }

        @Override
        public void transactionRollback() throws SQLException {
            connection.transactionRollback();
        }

        @Override
        public void transactionEnd() throws SQLException {
            end.run(); // the pool may give the connection to another strand
            connection.transactionEnd();
        }

        @Override
        public void transactionCheckCallback(SQLCallable<Boolean> callback) {
            connection.transactionCheckCallback(callback);
        }

        @Override
        public Object getConnection() {
            return connection.getConnection();
        }

        @Override
        public void setFlushOnly() {
            connection.setFlushOnly();
        }
    }
}
