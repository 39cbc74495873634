package org.lapse.it;

import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.IncludeEngines;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/**
 * The tests whose names begin with A, B, D to M and O. The build runs them beside {@link SecondHalf}, each half in a
 * JVM of its own, with a server and a database of its own; a suite, because a JVM starts a server for each class it is
 * given. The letters make both halves as long as each other, with the tests of pages and without them.
 */
@Suite
@IncludeEngines("junit-jupiter")
@SelectPackages("org.lapse.it")
@IncludeClassNamePatterns("org\\.lapse\\.it\\.[ABD-MO].*IT")
class FirstHalf {}
