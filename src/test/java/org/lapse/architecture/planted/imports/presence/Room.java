package org.lapse.architecture.planted.imports.presence;

class Room {}
