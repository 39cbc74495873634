/** Is it true? Imports {@code api} and what that imports; nobody imports it. */
package org.lapse.architecture.planted.imports.access.gate;
