package org.lapse.architecture.planted.prints.sessions.session;

class Prints {

    void toOut() {
        System.out.println("out");
    }

    void toErr() {
        System.err.println("err");
    }

    @SuppressWarnings("CatchAndPrintStackTrace")
    void stackTrace(Exception e) {
        e.printStackTrace();
    }
}
