/**
 * What does the database say now, without asking it?
 *
 * <p>A {@link org.lapse.platform.cache.VersionedCache} holds what was read from rows that have a version. It follows
 * each change as soon as that is committed, and what was read from an older version never takes the place of a newer
 * one. Imports the JDK alone.
 */
package org.lapse.platform.cache;
