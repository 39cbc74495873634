package org.lapse.architecture.planted.arrows.sessions.session;

public class Session {}
