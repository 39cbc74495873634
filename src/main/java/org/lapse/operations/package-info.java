/**
 * Is this installation well, and what is it doing?
 *
 * <p>Health for whoever restarts it and metrics for whoever watches it, at the same addresses on every server. Imports
 * {@code session} and what that imports, {@code timer}; nobody imports it.
 */
package org.lapse.operations;
