package org.lapse.platform.page;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import org.lapse.platform.api.DemonstrationMode;

/**
 * The root of the server: leads people who know no other address of it to their own sessions, to the console, and in
 * demonstration mode to the Demo Desk.
 */
@WebServlet("")
public class WelcomeServlet extends PageServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    private DemonstrationMode demonstration;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Locale language = Messages.languageOf(request);
        Map<String, ?> model = Map.of(
                "title", Messages.text(language, "welcome.title"),
                "lang", language.getLanguage(),
                "account", Messages.text(language, "welcome.account"),
                "accountMore", Messages.text(language, "welcome.account.more"),
                "console", Messages.text(language, "welcome.console"),
                "consoleMore", Messages.text(language, "welcome.console.more"),
                "desk", Messages.text(language, "welcome.desk"),
                "deskMore", Messages.text(language, "welcome.desk.more"),
                "demonstration", demonstration.isOn());
        pages().show(response, HttpServletResponse.SC_OK, "welcome", model, null);
    }
}
