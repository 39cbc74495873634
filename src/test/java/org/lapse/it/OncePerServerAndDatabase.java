package org.lapse.it;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/**
 * A long test class for which it is enough to run once on each server and once with each database: on Payara with H2, and
 * on WildFly with PostgreSQL.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Tag("once-per-server-and-database")
@interface OncePerServerAndDatabase {}
