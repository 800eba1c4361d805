package dev.fettle.examples.reporeview.nodes;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Something that a check found.
 *
 * @param rule what it is, as in {@code long-line}
 * @param line from 1
 */
record Finding(String rule, String path, int line, String detail) {
    private Map<String, Object> toJson() {
        Map<String, Object> json = new TreeMap<>();
        json.put("rule", rule);
        json.put("at", path + ":" + line);
        json.put("detail", detail);
        return json;
    }

    /** The result of a check as a JSON value: how often each rule was broken, and the first few findings. */
    static Map<String, Object> report(List<Finding> findings, int shown) {
        Map<String, Integer> counts = new TreeMap<>();
        findings.forEach(finding -> counts.merge(finding.rule(), 1, Integer::sum));
        List<Map<String, Object>> first = new ArrayList<>();
        findings.stream().limit(shown).map(Finding::toJson).forEach(first::add);
        Map<String, Object> report = new TreeMap<>();
        report.put("total", findings.size());
        report.put("counts", counts);
        report.put("first", first);
        return report;
    }
}
