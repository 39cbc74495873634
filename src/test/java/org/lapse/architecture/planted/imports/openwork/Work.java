package org.lapse.architecture.planted.imports.openwork;

import org.lapse.architecture.planted.imports.activity.Beat;

record Work(Beat beat) {}
