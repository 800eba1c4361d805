package dev.fettle.examples.reporeview.nodes;

import com.google.auto.service.AutoService;
import dev.fettle.api.execute.NodeContext;
import dev.fettle.api.execute.NodeRunner;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

/** Puts the results of the checks into sentences for the agent that summarizes: all that it reads to {@code findings}. */
@AutoService(NodeRunner.class)
public final class DescribeFindings implements NodeRunner {
    @Override
    public String name() {
        return "describe-findings";
    }

    @Override
    public Map<String, Object> run(NodeContext context) {
        StringJoiner text = new StringJoiner("\n");
        new TreeMap<>(context.state()).forEach((check, result) -> text.add(sentence(check.replace('_', ' '), result)));
        return Map.of("findings", text.toString());
    }

    private static String sentence(String check, Object result) {
        if (!(result instanceof Map<?, ?> report)) {
            return "As " + check + " there are " + result + ".";
        }
        if (report.get("counts") instanceof Map<?, ?> counts) {
            return "The check of " + check + " found " + report.get("total") + " places, by rule " + counts + ".";
        }
        if (report.get("top") instanceof List<?> top) {
            return "Shared passages are in " + report.get("pairs") + " pairs of files, most of all " + top + ".";
        }
        return "As " + check + " there are " + report + ".";
    }
}
