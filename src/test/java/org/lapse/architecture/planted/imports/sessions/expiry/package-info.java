/** Is it true? Imports {@code api} and {@code clock}; nobody imports it. */
package org.lapse.architecture.planted.imports.sessions.expiry;
