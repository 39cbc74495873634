/** Is there a page? */
package org.lapse.architecture.planted.pages.written;
