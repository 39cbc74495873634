package org.lapse.architecture.planted.names.sessions.session;

class Names {

    static class SessionImpl {}

    static class SessionUtil {}

    static class SessionUtils {}

    static class SessionHelper {}

    static class SessionManager {}

    static class SessionDto {}

    static class SessionService {}

    static class SessionProcessor {}

    static class ServiceHours {}
}
