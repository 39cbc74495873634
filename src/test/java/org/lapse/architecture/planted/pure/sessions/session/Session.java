package org.lapse.architecture.planted.pure.sessions.session;

public class Session {}
