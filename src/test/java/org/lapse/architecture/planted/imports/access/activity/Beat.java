package org.lapse.architecture.planted.imports.access.activity;

public class Beat {}
