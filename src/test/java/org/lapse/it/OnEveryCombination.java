package org.lapse.it;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/**
 * A test class that runs on each server with each database. The others run once on each server and once with each
 * database: on Payara with H2, and on WildFly with PostgreSQL. These few show that nothing depends on which of them
 * come together.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Tag("every-combination")
@interface OnEveryCombination {}
