package org.lapse.platform.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The body of a request that cannot do without one. Where it is missing, {@link JsonProvider} refuses the request with
 * 400 {@code bad.request} before the resource is called, so that it is no activity.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface RequiredBody {}
