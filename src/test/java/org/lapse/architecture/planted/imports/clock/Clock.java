package org.lapse.architecture.planted.imports.clock;

public class Clock {}
