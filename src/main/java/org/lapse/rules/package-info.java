/**
 * How long may a session go unused, and which calls count?
 *
 * <p>Decided by values alone: no database, no server, no clock. What administrators chose comes in, and an answer with
 * its reasons goes out.
 */
package org.lapse.rules;
