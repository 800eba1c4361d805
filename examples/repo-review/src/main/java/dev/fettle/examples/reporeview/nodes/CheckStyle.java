package dev.fettle.examples.reporeview.nodes;

import com.google.auto.service.AutoService;
import dev.fettle.api.execute.NodeContext;
import dev.fettle.api.execute.NodeRunner;
import dev.fettle.examples.reporeview.source.SourceFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Holds each line against a list of style rules: {@code files} to {@code style}. */
@AutoService(NodeRunner.class)
public final class CheckStyle implements NodeRunner {
    private static final Map<String, Pattern> RULES = rules();

    private static Map<String, Pattern> rules() {
        Map<String, String> rules = new LinkedHashMap<>();
        rules.put("tab", "^ *\\t");
        rules.put("trailing-space", "[ \\t]+$");
        rules.put("long-line", "^.{121,}$");
        rules.put("open-task", "(?i)\\b(?:todo|fixme|xxx|hack)\\b");
        rules.put("star-import", "^import (?:static )?[\\w.]+\\.\\*;");
        rules.put("print", "\\bSystem\\.(?:out|err)\\.print(?:ln|f)?\\(");
        rules.put("stack-trace", "\\.printStackTrace\\(\\s*\\)");
        rules.put("empty-catch", "catch\\s*\\([^)]*\\)\\s*\\{\\s*\\}");
        rules.put("broad-catch", "catch\\s*\\(\\s*(?:final\\s+)?(?:Exception|Throwable|RuntimeException)\\s");
        rules.put("keyword-space", "\\b(?:if|for|while|switch|catch)\\(");
        rules.put("comma-space", ",[^\\s\\d\"'\\\\)]");
        rules.put("magic-number", "[=<>(,*/+-]\\s*(?!1000?\\b)\\d{3,}\\b");
        rules.put("long-suffix", "\\b\\d+l\\b");
        rules.put("double-semicolon", ";\\s*;\\s*$");
        rules.put("raw-type", "\\b(?:List|Map|Set|Collection)\\s+\\w+\\s*[=;]");
        rules.put("string-compare", "(?:==|!=)\\s*\"");
        rules.put("long-chain", "(?:\\.\\w+\\([^()]*\\)){4,}");
        rules.put("double-negation", "!\\s*\\w*(?:\\.\\w+\\(\\))*\\.?(?:isNot|not)[A-Z]\\w*\\(");
        Map<String, Pattern> compiled = new LinkedHashMap<>();
        rules.forEach((rule, regex) -> compiled.put(rule, Pattern.compile(regex)));
        return compiled;
    }

    @Override
    public String name() {
        return "check-style";
    }

    @Override
    public Map<String, Object> run(NodeContext context) {
        List<Finding> findings = new ArrayList<>();
        for (SourceFile file : State.files(context)) {
            if (file.isJava()) {
                check(file, findings);
            }
        }
        return Map.of("style", Finding.report(findings, State.parameter(context, "shown", 5)));
    }

    private static void check(SourceFile file, List<Finding> findings) {
        int number = 0;
        for (String line : file.lines()) {
            number++;
            for (Map.Entry<String, Pattern> rule : RULES.entrySet()) {
                if (rule.getValue().matcher(line).find()) {
                    findings.add(new Finding(rule.getKey(), file.path(), number, line.strip()));
                }
            }
        }
    }
}
