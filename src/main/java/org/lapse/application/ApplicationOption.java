package org.lapse.application;

import jakarta.persistence.Embeddable;

/** The place of one option: its section and its key. */
@Embeddable
record ApplicationOption(String section, String optionKey) {}
