/**
 * Which APIs are there that an administrator may want to exclude?
 *
 * <p>Our own, as the resources declare them, and those of other services, as an organization registers them by OpenAPI
 * documents. Whether an API is known changes nothing about what may be excluded. Imports {@code excludedapi},
 * {@code api} and {@code clock}; nobody imports it.
 */
package org.lapse.organizations.knownapi;
