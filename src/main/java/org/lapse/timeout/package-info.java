/** How long may this session go unused, and why? Imports the JDK alone. */
package org.lapse.timeout;
