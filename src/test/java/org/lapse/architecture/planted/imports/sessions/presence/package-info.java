/** Is it true? Imports the JDK alone; nobody imports it. */
package org.lapse.architecture.planted.imports.sessions.presence;
