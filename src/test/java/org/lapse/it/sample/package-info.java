/**
 * A service of somebody else, as small as can be: it knows Lapse only as an issuer with a key set, and leaves the
 * tokens to the server's own MicroProfile JWT. Deployed beside Lapse at {@code /sample}.
 */
@NullMarked
package org.lapse.it.sample;

import org.jspecify.annotations.NullMarked;
