package org.lapse.architecture.planted.arrows.sessions.session;

import org.lapse.architecture.planted.arrows.access.oauth.Endpoint;

class SessionUsesManyEndpoints {
    final Endpoint[] endpoints = {};
}
