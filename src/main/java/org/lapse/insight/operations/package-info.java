/**
 * Is this installation well, and what is it doing?
 *
 * <p>Health for those who restart it and metrics for those who watch it, at the same addresses on every server.
 * Imports {@code session}, {@code timer} and what those import; nobody imports it.
 */
package org.lapse.insight.operations;
