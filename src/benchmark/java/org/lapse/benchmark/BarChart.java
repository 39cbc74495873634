package org.lapse.benchmark;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Bars that lie on their side, in groups, with the figure behind each: readable in any width, and without colour.
 *
 * @param title what is shown
 * @param source where it was measured
 * @param unit of the figures
 * @param groups for each group its bars by name, all in the order in which they are drawn
 */
record BarChart(String title, String source, String unit, Map<String, Map<String, Double>> groups) {
    private static final int NAME = 190;
    private static final int BARS = 420;
    private static final int WIDTH = 760;
    private static final int LINE = 20;
    private static final List<String> COLOURS = List.of("#1f6feb", "#8b949e", "#bf8700", "#8250df");

    String svg() {
        double largest = groups.values().stream()
                .flatMap(group -> group.values().stream())
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(1);
        StringBuilder body = new StringBuilder();
        int y = 52;
        for (Map.Entry<String, Map<String, Double>> group : groups.entrySet()) {
            int colour = 0;
            for (Map.Entry<String, Double> bar : group.getValue().entrySet()) {
                String name = (group.getKey() + " " + bar.getKey()).strip();
                double width = Math.max(1, bar.getValue() / largest * BARS);
                body.append(text(NAME - 8, y + 14, "end", name))
                        .append(String.format(
                                Locale.ROOT,
                                "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>%n",
                                NAME,
                                y + 3,
                                width,
                                LINE - 5,
                                COLOURS.get(colour++ % COLOURS.size())))
                        .append(text((int) (NAME + width + 6), y + 14, "start", figure(bar.getValue()) + " " + unit));
                y += LINE;
            }
            y += LINE / 2;
        }
        return String.format(
                Locale.ROOT,
                """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="12" fill="#24292f">
                <title>%s</title>
                <rect width="100%%" height="100%%" fill="#ffffff"/>
                <text x="12" y="22" font-size="15">%s</text>
                <text x="12" y="40" font-size="10" fill="#57606a">%s</text>
                %s</svg>
                """,
                WIDTH,
                y + 6,
                escaped(title),
                escaped(title),
                escaped(source),
                body);
    }

    private static String text(int x, int y, String anchor, String text) {
        return String.format(
                Locale.ROOT, "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\">%s</text>%n", x, y, anchor, escaped(text));
    }

    private static String figure(double value) {
        return value >= 100
                ? String.format(Locale.ROOT, "%,.0f", value)
                : String.format(Locale.ROOT, value >= 10 ? "%.1f" : "%.2f", value);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }
}
