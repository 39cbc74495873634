package org.lapse.architecture.planted.arrows.oauth;

import org.lapse.architecture.planted.arrows.session.Session;

record EndpointUsesSession(Session session) {}
