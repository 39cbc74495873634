/**
 * How does the application reach its database? The migrations that make the tables, and the server's transactions
 * as Hibernate sees them. Imports nothing of ours; nobody imports it.
 */
@NullMarked
package org.lapse.database;

import org.jspecify.annotations.NullMarked;
