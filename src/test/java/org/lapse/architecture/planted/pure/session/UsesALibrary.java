package org.lapse.architecture.planted.pure.session;

import jakarta.inject.Singleton;

@Singleton
class UsesALibrary {}
