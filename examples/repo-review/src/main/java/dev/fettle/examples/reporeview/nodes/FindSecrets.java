package dev.fettle.examples.reporeview.nodes;

import com.google.auto.service.AutoService;
import dev.fettle.api.execute.NodeContext;
import dev.fettle.api.execute.NodeRunner;
import dev.fettle.examples.reporeview.source.SourceFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Looks for passwords and keys in the source: {@code files} to {@code secrets}. Known shapes by pattern, unknown ones by
 * the Shannon entropy of long words in quotes. Findings name the place, never the secret.
 */
@AutoService(NodeRunner.class)
public final class FindSecrets implements NodeRunner {
    private static final Map<String, Pattern> SHAPES = shapes();
    private static final Pattern QUOTED = Pattern.compile("[\"']([A-Za-z0-9+/=_-]{20,})[\"']");

    private static Map<String, Pattern> shapes() {
        Map<String, Pattern> shapes = new LinkedHashMap<>();
        shapes.put(
                "assigned",
                Pattern.compile(
                        "(?i)\\b\\w*(?:password|passwd|secret|api_?key|token)\\w*\\s*[:=]\\s*[\"'][^\"']{6,}[\"']"));
        shapes.put("access-key", Pattern.compile("\\b(?:AKIA|ASIA)[0-9A-Z]{16}\\b"));
        shapes.put("private-key", Pattern.compile("-----BEGIN [A-Z ]*PRIVATE KEY-----"));
        shapes.put("web-token", Pattern.compile("\\beyJ[\\w-]{8,}\\.[\\w-]{8,}\\.[\\w-]{8,}"));
        shapes.put("address", Pattern.compile("\\b[a-z][a-z0-9+.-]*://[^\\s/:@\"']+:[^\\s/:@\"']+@"));
        return shapes;
    }

    @Override
    public String name() {
        return "find-secrets";
    }

    @Override
    public Map<String, Object> run(NodeContext context) {
        double bits = State.parameter(context, "entropyBits", 4.2);
        List<Finding> findings = new ArrayList<>();
        for (SourceFile file : State.files(context)) {
            int number = 0;
            for (String line : file.lines()) {
                number++;
                for (Map.Entry<String, Pattern> shape : SHAPES.entrySet()) {
                    if (shape.getValue().matcher(line).find()) {
                        findings.add(new Finding(shape.getKey(), file.path(), number, "looks like a secret"));
                    }
                }
                Matcher quoted = QUOTED.matcher(line);
                while (quoted.find()) {
                    if (entropy(quoted.group(1)) >= bits) {
                        findings.add(new Finding("high-entropy", file.path(), number, "looks random"));
                    }
                }
            }
        }
        return Map.of("secrets", Finding.report(findings, State.parameter(context, "shown", 5)));
    }

    /** Shannon entropy in bits a character. */
    static double entropy(String text) {
        Map<Character, Integer> counts = new TreeMap<>();
        text.chars().forEach(c -> counts.merge((char) c, 1, Integer::sum));
        double bits = 0;
        for (int count : counts.values()) {
            double share = (double) count / text.length();
            bits -= share * Math.log(share) / Math.log(2);
        }
        return bits;
    }
}
