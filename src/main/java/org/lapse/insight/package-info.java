/**
 * Who learns what happened, and why?
 *
 * <p>Live sessions for the administrator, notices for applications, the audit, metrics and health. All of it hears of
 * sessions by their events; no session waits for it.
 */
package org.lapse.insight;
