package org.lapse.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Frame;
import com.microsoft.playwright.Page;
import java.util.List;

/** axe-core, which looks for what keeps people out: by WCAG 2.2 A and AA, and by its own best practice. */
final class Axe {
    private static final List<String> RULES =
            List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice");

    private static final String SCRIPT = AxeBuilder.getAxeScript();

    /** Only what is wrong leaves the browser: all that is right would be a hundred times as much. */
    private static final String RUN = """
            async (rules) => {
              const { violations } = await axe.run({ runOnly: rules, resultTypes: ['violations'] });
              return violations.map(({ id, help, nodes }) => `${id}: ${help}\\n${nodes.map(({ html }) => html).join('\\n')}`);
            }""";

    private Axe() {}

    /** Asserts that axe finds nothing to complain about on what the page shows, its frames included. */
    static void assertFindsNothing(Page page, String what) {
        for (Frame frame : page.frames()) {
            if (Boolean.FALSE.equals(frame.evaluate("'axe' in window"))) {
                frame.evaluate(SCRIPT);
            }
        }
        assertThat(page.evaluate(RUN, RULES)).asList().as(what).isEmpty();
    }
}
