/**
 * Which applications are there, and what did their administrators set for them?
 *
 * <p>A Framework Application object with its options by section; the same object seen through OAuth is a client. It is
 * made from a template: each {@link org.lapse.organizations.application.Component} of the vendor's is one, which brings
 * the {@link org.lapse.organizations.application.TimeoutOption}s under which it keeps its timeout. Imports {@code
 * timeout}, {@code directory}, {@code changes}, {@code database}, {@code outbound}, {@code api}, {@code cache} and {@code
 * clock}.
 */
package org.lapse.organizations.application;
