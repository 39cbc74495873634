package org.lapse.platform.database;

import jakarta.transaction.TransactionManager;
import jakarta.transaction.UserTransaction;
import org.hibernate.engine.jndi.JndiException;
import org.hibernate.engine.transaction.jta.platform.internal.AbstractJtaPlatform;

/**
 * The server's transactions, as Hibernate sees them: Payara and WildFly keep their transaction manager under different
 * names, and a Hibernate that comes in the WAR knows neither. Named in {@code persistence.xml}.
 */
public final class ServerTransactions extends AbstractJtaPlatform {
    private static final long serialVersionUID = 1L;
    private static final String PAYARA = "java:appserver/TransactionManager";
    private static final String WILDFLY = "java:jboss/TransactionManager";

    @Override
    protected TransactionManager locateTransactionManager() {
        try {
            return (TransactionManager) jndiService().locate(PAYARA);
        } catch (JndiException notPayara) {
            return (TransactionManager) jndiService().locate(WILDFLY);
        }
    }

    @Override
    protected UserTransaction locateUserTransaction() {
        return (UserTransaction) jndiService().locate("java:comp/UserTransaction");
    }
}
