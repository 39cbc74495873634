package org.lapse.architecture.planted.imports.sessions.openwork;

import org.lapse.architecture.planted.imports.access.activity.Beat;

record Work(Beat beat) {}
