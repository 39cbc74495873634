/** Is it true? Imports a few; nobody imports it. */
package org.lapse.architecture.planted.imports.insight.audit;
