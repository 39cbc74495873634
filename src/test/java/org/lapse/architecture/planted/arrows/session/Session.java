package org.lapse.architecture.planted.arrows.session;

public class Session {}
