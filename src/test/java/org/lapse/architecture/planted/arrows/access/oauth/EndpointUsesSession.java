package org.lapse.architecture.planted.arrows.access.oauth;

import org.lapse.architecture.planted.arrows.sessions.session.Session;

record EndpointUsesSession(Session session) {}
