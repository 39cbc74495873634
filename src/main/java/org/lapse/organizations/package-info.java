/**
 * Who is there, and what did they choose?
 *
 * <p>Organizations with their users and groups, their settings, and their applications with options. What they choose
 * is held in memory by the number of its change, so that a call never waits for the database to know what holds.
 */
package org.lapse.organizations;
