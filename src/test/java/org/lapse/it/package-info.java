/**
 * Does the real WAR keep its promises on a real server with a real database? Every test here speaks HTTP to the server
 * that the running execution of the build has started; see {@link org.lapse.it.LapseSystem}.
 */
@NullMarked
package org.lapse.it;

import org.jspecify.annotations.NullMarked;
