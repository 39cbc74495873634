/** Is it true? Imports {@code activity}; nobody imports it. */
package org.lapse.architecture.planted.imports.sessions.openwork;
