/**
 * Which calls do not reset the inactivity timer?
 *
 * <p>An {@link org.lapse.rules.excludedapi.ExcludedApis} holds the patterns of one organization, compiled once, and
 * says of a call, whose path has one spelling however it was sent, whether it is excluded, without a look at anything
 * else and without making an object. Imports the JDK alone.
 */
package org.lapse.rules.excludedapi;
