/**
 * Which applications are there, and what did their administrators set for them?
 *
 * <p>A Framework Application object with its options by section; the same object seen through OAuth is a client, which the
 * vendor's SDKs administer. Imports {@code timeout}, {@code directory}, {@code api} and {@code clock}.
 */
package org.lapse.application;
