package org.lapse.architecture.planted.imports.sessions.presence;

class Room {}
