/**
 * Which applications are embedded in the organization's client?
 *
 * <p>Imports {@code application}, {@code api} and {@code clock}; nobody imports it.
 */
package org.lapse.integration;
