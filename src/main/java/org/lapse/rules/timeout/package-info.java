/**
 * How long may this session go unused, and why?
 *
 * <p>Values and pure functions only: nothing here reads a clock, a database or a configuration. Imports the JDK alone.
 */
package org.lapse.rules.timeout;
