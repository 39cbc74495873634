package org.lapse.middle;

import com.arjuna.ats.arjuna.common.CoreEnvironmentBeanException;
import com.arjuna.ats.arjuna.common.ObjectStoreEnvironmentBean;
import com.arjuna.ats.arjuna.common.arjPropertyManager;
import com.arjuna.ats.internal.arjuna.objectstore.VolatileStore;
import com.arjuna.ats.jta.common.jtaPropertyManager;
import com.arjuna.common.internal.util.propertyservice.BeanPopulator;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.SystemException;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.UserTransaction;
import org.hibernate.engine.transaction.jta.platform.internal.AbstractJtaPlatform;
import org.jboss.weld.transaction.spi.TransactionServices;

/** The transactions of this JVM, by WildFly's own transaction manager, which writes no log here. */
final class Narayana {
    static {
        try {
            arjPropertyManager.getCoreEnvironmentBean().setNodeIdentifier("middle");
        } catch (CoreEnvironmentBeanException e) {
            throw new IllegalStateException(e);
        }
        arjPropertyManager
                .getCoordinatorEnvironmentBean()
                .setTransactionStatusManagerEnable(false); // a port of its own
        for (String store : new String[] {null, "communicationStore", "stateStore"}) {
            BeanPopulator.getNamedInstance(ObjectStoreEnvironmentBean.class, store)
                    .setObjectStoreType(VolatileStore.class.getName());
        }
    }

    private Narayana() {}

    static TransactionManager manager() {
        return com.arjuna.ats.jta.TransactionManager.transactionManager();
    }

    static TransactionSynchronizationRegistry registry() {
        return jtaPropertyManager.getJTAEnvironmentBean().getTransactionSynchronizationRegistry();
    }

    static UserTransaction userTransaction() {
        return com.arjuna.ats.jta.UserTransaction.userTransaction();
    }

    /** Whether this thread is in a transaction that can still read and write. */
    static boolean isActive() {
        int status = registry().getTransactionStatus();
        return status == Status.STATUS_ACTIVE || status == Status.STATUS_MARKED_ROLLBACK;
    }

    /** Has Weld tell observers in the phase of the transaction that they name, as both servers do. */
    static final class ForObservers implements TransactionServices {
        @Override
        public void registerSynchronization(Synchronization observers) {
            try {
                manager().getTransaction().registerSynchronization(observers);
            } catch (RollbackException | SystemException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public boolean isTransactionActive() {
            return isActive();
        }

        @Override
        public UserTransaction getUserTransaction() {
            return userTransaction();
        }

        @Override
        public void cleanup() {
            // holds nothing
        }
    }

    /** The same transactions, as Hibernate sees them. */
    static final class ForHibernate extends AbstractJtaPlatform {
        private static final long serialVersionUID = 1L;

        @Override
        protected TransactionManager locateTransactionManager() {
            return manager();
        }

        @Override
        protected UserTransaction locateUserTransaction() {
            return userTransaction();
        }
    }
}
