/**
 * How does the application reach its database? The migrations that make the tables, the server's transactions
 * as Hibernate sees them, for how long is waited, and how rows are locked. Imports nothing of ours.
 */
@NullMarked
package org.lapse.platform.database;

import org.jspecify.annotations.NullMarked;
