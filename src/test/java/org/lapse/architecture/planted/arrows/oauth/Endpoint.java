package org.lapse.architecture.planted.arrows.oauth;

public class Endpoint {}
