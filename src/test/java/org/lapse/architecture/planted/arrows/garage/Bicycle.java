package org.lapse.architecture.planted.arrows.garage;

class Bicycle {}
