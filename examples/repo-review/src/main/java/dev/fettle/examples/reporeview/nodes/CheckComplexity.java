package dev.fettle.examples.reporeview.nodes;

import com.google.auto.service.AutoService;
import dev.fettle.api.execute.NodeContext;
import dev.fettle.api.execute.NodeRunner;
import dev.fettle.examples.reporeview.source.JavaMethod;
import dev.fettle.examples.reporeview.source.SourceFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Looks for methods with many paths, deep nesting or many tokens: {@code files} to {@code complexity}. */
@AutoService(NodeRunner.class)
public final class CheckComplexity implements NodeRunner {
    @Override
    public String name() {
        return "check-complexity";
    }

    @Override
    public Map<String, Object> run(NodeContext context) {
        int maxPaths = State.parameter(context, "maxPaths", 10);
        int maxNesting = State.parameter(context, "maxNesting", 3);
        int maxTokens = State.parameter(context, "maxTokens", 300);
        List<Finding> findings = new ArrayList<>();
        for (SourceFile file : State.files(context)) {
            if (file.isJava()) {
                for (JavaMethod method : JavaMethod.of(file.text())) {
                    check(findings, "paths", method.cyclomaticComplexity(), maxPaths, file, method);
                    check(findings, "nesting", method.nesting(), maxNesting, file, method);
                    check(findings, "length", method.tokens().size(), maxTokens, file, method);
                }
            }
        }
        return Map.of("complexity", Finding.report(findings, State.parameter(context, "shown", 5)));
    }

    private static void check(
            List<Finding> findings, String rule, int value, int limit, SourceFile file, JavaMethod method) {
        if (value > limit) {
            String detail = method.name() + " has " + value + ", at most " + limit + " wanted";
            findings.add(new Finding(rule, file.path(), method.line(), detail));
        }
    }
}
