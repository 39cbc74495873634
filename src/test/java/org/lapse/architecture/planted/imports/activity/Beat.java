package org.lapse.architecture.planted.imports.activity;

public class Beat {}
