package org.lapse.application;

/** An application was created or changed; {@code rules} are the ones that hold from now on. */
record ApplicationSaved(ApplicationRules rules) {}
