/** Is it true? It works with the clock. */
package org.lapse.architecture.planted.imports.access.gax;
