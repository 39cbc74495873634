package org.lapse.platform.api;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.Test;

class MethodFilterTest {
    @Test
    void servletAnswersWhatItAndItsParentsDeclare() {
        assertThat(MethodFilter.allowedMethods(Child.class)).containsExactly("GET", "HEAD", "OPTIONS", "POST");
    }

    @Test
    void whoTellsMethodsApartInAnotherWayIsLeftAlone() {
        assertThat(MethodFilter.allowedMethods(HttpServlet.class)).isEmpty();
        assertThat(MethodFilter.allowedMethods(EveryMethod.class)).isEmpty();
        assertThat(MethodFilter.allowedMethods(Object.class)).isEmpty();
    }

    private abstract static class Parent extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) {}
    }

    private static final class Child extends Parent {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response) {}
    }

    private static final class EveryMethod extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) {}
    }
}
