/** Is it true? Imports nothing of ours; nobody imports it. */
package org.lapse.architecture.planted.imports.access.relogin;
