/** Is it true? Imports {@code clock} and what that imports; nobody imports it. */
package org.lapse.architecture.planted.imports.access.oauth;
