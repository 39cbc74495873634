/**
 * Which applications are embedded in the organization's client?
 *
 * <p>Imports {@code application} and {@code api}; nobody imports it.
 */
package org.lapse.organizations.integration;
