package org.lapse.it;

import java.lang.annotation.Annotation;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;

/**
 * A test about seconds says nothing if the machine stood still meanwhile. A failed test is run again, on an instance of its
 * own, if one of its calls or pauses took longer than any test allows for; a test that fails at the usual speed fails at
 * once.
 */
public final class SlowMachine implements InvocationInterceptor {
    /** Half of the shortest timeout that a test sets. */
    private static final Duration USUAL = Duration.ofMillis(500);

    private static final int ATTEMPTS = 4;
    private static final AtomicLong LONGEST = new AtomicLong();
    private static final Logger LOG = Logger.getLogger(SlowMachine.class.getName());

    /** Notes how long a call of the running test took, or by how much one of its pauses was too long. */
    static void took(long nanos) {
        LONGEST.accumulateAndGet(nanos, Math::max);
    }

    @Override
    public void interceptTestMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> test, ExtensionContext context)
            throws Throwable {
        run(invocation, test);
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> test, ExtensionContext context)
            throws Throwable {
        run(invocation, test);
    }

    private static void run(Invocation<Void> invocation, ReflectiveInvocationContext<Method> test) throws Throwable {
        Attempt attempt = invocation::proceed;
        for (int left = ATTEMPTS - 1; ; left--) {
            LONGEST.set(0);
            try {
                attempt.run();
                return;
            } catch (Throwable failure) {
                Duration longest = Duration.ofNanos(LONGEST.get());
                if (left == 0 || longest.compareTo(USUAL) <= 0) {
                    throw failure;
                }
                LOG.log(
                        Level.WARNING,
                        failure,
                        () -> test.getExecutable().getName() + " is run again: something took " + longest.toMillis()
                                + " ms");
            }
            attempt = () -> again(test);
        }
    }

    /** Puts back what the attempt before left, and runs the test on a new instance. */
    private static void again(ReflectiveInvocationContext<Method> test) throws Throwable {
        invokeAll(test.getTarget().orElseThrow(), AfterEach.class);
        Constructor<?> constructor = test.getTargetClass().getDeclaredConstructor();
        constructor.setAccessible(true);
        Object instance = constructor.newInstance();
        try {
            invokeAll(instance, BeforeEach.class);
            invoke(instance, test.getExecutable(), test.getArguments().toArray());
        } finally {
            invokeAll(instance, AfterEach.class);
        }
    }

    private static void invokeAll(Object instance, Class<? extends Annotation> annotation) throws Throwable {
        for (Method method : AnnotationSupport.findAnnotatedMethods(
                instance.getClass(), annotation, HierarchyTraversalMode.TOP_DOWN)) {
            invoke(instance, method);
        }
    }

    private static void invoke(Object instance, Method method, Object... arguments) throws Throwable {
        method.setAccessible(true);
        try {
            method.invoke(instance, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /** The test, for the first time or again. */
    private interface Attempt {
        void run() throws Throwable;
    }
}
