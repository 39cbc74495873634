package org.lapse.application;

/**
 * An application was created or changed.
 *
 * @param rules the ones that hold from now on
 * @param revision counts the changes
 */
record ApplicationSaved(ApplicationRules rules, int revision) {}
