/**
 * What does Lapse do with real transactions and a real database, but without a server?
 *
 * <p>{@link org.lapse.middle.LapseInJavaSE} starts the beans of the WAR in this JVM: CDI by Weld, transactions by
 * Narayana, Hibernate on H2 or PostgreSQL. A test class says {@link org.lapse.middle.OnBothDatabases} and stands in the
 * package that it is about. {@link org.lapse.middle.TwoNodes} are two of them on one database, for a class that says
 * {@link org.lapse.middle.OnTwoNodes}. {@link org.lapse.middle.Strands} run units of work side by side, one boundary of a
 * transaction at a time.
 */
@NullMarked
package org.lapse.middle;

import org.jspecify.annotations.NullMarked;
