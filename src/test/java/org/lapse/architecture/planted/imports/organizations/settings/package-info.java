/** Is it true? Imports {@code api}, {@code clock}; nobody imports it. */
package org.lapse.architecture.planted.imports.organizations.settings;
