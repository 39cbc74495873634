/** Is it true? Imports {@code clock}; nobody imports it. */
package org.lapse.architecture.planted.imports.organizations.directory;
