/** Is it true? Imports nothing of ours. */
package org.lapse.architecture.planted.imports.platform.clock;
