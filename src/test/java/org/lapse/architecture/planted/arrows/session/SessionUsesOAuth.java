package org.lapse.architecture.planted.arrows.session;

import org.lapse.architecture.planted.arrows.oauth.Endpoint;

record SessionUsesOAuth(Endpoint endpoint) {}
