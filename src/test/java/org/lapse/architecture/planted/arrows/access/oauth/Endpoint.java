package org.lapse.architecture.planted.arrows.access.oauth;

public class Endpoint {}
