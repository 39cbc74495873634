package org.lapse.architecture.planted.imports.platform.clock;

public class Clock {}
