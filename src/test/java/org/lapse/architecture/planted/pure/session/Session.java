package org.lapse.architecture.planted.pure.session;

public class Session {}
