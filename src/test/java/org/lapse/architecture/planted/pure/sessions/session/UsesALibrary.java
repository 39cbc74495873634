package org.lapse.architecture.planted.pure.sessions.session;

import jakarta.inject.Singleton;

@Singleton
class UsesALibrary {}
