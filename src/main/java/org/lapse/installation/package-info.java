/**
 * What is there when the product is started for the first time?
 *
 * <p>One organization with an administrator, or in demonstration mode two organizations, which is refused wherever
 * somebody from outside could reach it, and in which the clock can be put forward. Imports {@code nodes},
 * {@code directory}, {@code application}, {@code database}, {@code api} and {@code clock}; nobody imports it.
 */
package org.lapse.installation;
