package org.lapse.operations;

import io.prometheus.metrics.exporter.servlet.jakarta.PrometheusMetricsServlet;
import jakarta.servlet.annotation.WebServlet;

/** {@code /metrics} in the text format of Prometheus, on every server alike. */
@WebServlet("/metrics")
public class MetricsServlet extends PrometheusMetricsServlet {
    private static final long serialVersionUID = 1L;
}
