package org.lapse.it;

import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.IncludeEngines;
import org.junit.platform.suite.api.IncludeTags;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/**
 * The tests with {@link OnEveryCombination}, for the combinations of server and database that see no others. They are so
 * few that a second server would take longer than they do.
 */
@Suite
@IncludeEngines("junit-jupiter")
@IncludeTags("every-combination")
@SelectPackages("org.lapse.it")
@IncludeClassNamePatterns("org\\.lapse\\.it\\..*IT")
class EveryCombination {}
