package org.lapse.it;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/**
 * A test of what depends on the page and the browser alone, such as accessibility, and takes long. It runs on Payara with
 * H2. Other tests show on both servers that the same pages arrive and work.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@Tag("page-alone")
@interface PageAlone {}
