/** Is it true? Imports {@code clock}. */
package org.lapse.architecture.planted.imports.platform.api;
