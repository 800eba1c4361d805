package dev.fettle.core.certificate;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.content.Sha256;
import dev.fettle.api.execute.RecordedEffect;
import dev.fettle.api.execute.ResolvedWorkflow;
import dev.fettle.api.plan.Constraints;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.core.definition.Configuration;
import dev.fettle.core.definition.DefinitionFiles;
import dev.fettle.core.definition.WorkflowWriter;
import dev.fettle.core.record.RecordingSettings;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** SHA-256 of what things mean, as hexadecimal digits: any order of keys, numbers by value, any layout of the file. */
public final class Fingerprint {
    private Fingerprint() {}

    /** Of a definition alone, without the workflows that it refers to. */
    public static String of(Workflow workflow) {
        return ofValue(WorkflowWriter.toTree(workflow));
    }

    /**
     * Of a definition, of all workflows that its nodes refer to, those inside them, and the files that their commands name.
     *
     * @param folder of the definition
     * @throws FettleException where one of them cannot be read, or refers to itself by way of others
     */
    public static String of(Workflow workflow, Path folder) {
        return withSubWorkflows(workflow, folder, folder, List.of());
    }

    private static String withSubWorkflows(Workflow workflow, Path directory, Path root, List<Path> inside) {
        Map<String, String> parts = new TreeMap<>();
        for (Node node : workflow.allNodes()) {
            if (node.body() instanceof NodeBody.SubWorkflow sub) {
                ResolvedWorkflow part = new DefinitionFiles().resolve(sub.reference(), directory, root);
                if (inside.contains(part.definition())) {
                    throw new FettleException(
                            ErrorCode.BAD_INPUT,
                            "the sub-workflow (" + sub.reference() + ") refers to itself by way of " + inside
                                    + "; expected workflows that do not come back to themselves");
                }
                List<Path> chain = new ArrayList<>(inside);
                chain.add(part.definition());
                parts.put("node " + node.id(), withSubWorkflows(part.workflow(), part.directory(), root, chain));
            }
        }
        ScriptFiles.of(workflow, directory).forEach((name, file) -> parts.put("file " + name, ofFiles(file)));
        return parts.isEmpty() ? of(workflow) : ofValue(List.of(of(workflow), parts));
    }

    /** Of the inputs of a project; their order counts. */
    public static String of(List<Map<String, Object>> inputs) {
        return ofValue(inputs);
    }

    /**
     * Of what decides whether two versions count as equal, where they may reach and how they are run: the judge, how many pairs,
     * what a recording answers, and the settings of plugins.
     */
    public static String of(Configuration configuration) {
        RecordingSettings recording = configuration.recording();
        Map<String, Object> matching = new TreeMap<>();
        recording
                .matching()
                .forEach(one ->
                        matching.put(one.target(), List.of(List.copyOf(new TreeSet<>(one.ignore())), one.inOrder())));
        return ofValue(Map.of(
                "judge", configuration.validation().judge(),
                "pairs",
                        List.of(
                                configuration.validation().pairs(),
                                configuration.validation().warmUp()),
                "allowHosts",
                        List.copyOf(new TreeSet<>(configuration.validation().allowHosts())),
                "constraints", constraints(configuration.constraints()),
                "recording", List.of(recording.scope().name(), recording.live(), matching),
                "settings", configuration.settings()));
    }

    private static List<Object> constraints(Constraints limits) {
        // A set has no order, and a fingerprint must be the same in another process.
        return List.of(
                limits.maxRisk().name(),
                limits.minQuality(),
                limits.maxCostUsd(),
                limits.maxMemoryBytes(),
                List.copyOf(new TreeSet<>(limits.keepNodes())),
                limits.minConfidence());
    }

    public static String ofEffects(List<RecordedEffect> effects) {
        List<Object> all = new ArrayList<>();
        for (RecordedEffect effect : effects) {
            all.add(Arrays.asList(effect.node(), effect.tool(), effect.inputHash(), effect.result()));
        }
        return ofValue(all);
    }

    /**
     * Of a file's bytes, or of all files in a folder, with their names, in order of the names.
     *
     * @throws FettleException where it cannot be read
     */
    public static String ofFiles(Path path) {
        MessageDigest digest = Sha256.digest();
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                String name = path.relativize(file).toString().replace('\\', '/');
                digest.update(
                        (name.length() + ":" + name + ":" + Files.size(file) + ":").getBytes(StandardCharsets.UTF_8));
                try (InputStream in = Files.newInputStream(file)) {
                    byte[] buffer = new byte[1 << 16];
                    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                        digest.update(buffer, 0, read);
                    }
                }
            }
        } catch (IOException e) {
            throw new FettleException(
                    ErrorCode.BAD_INPUT, path + ": cannot be read (" + e.getMessage() + "); expected a recording", e);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    static String ofValue(@Nullable Object value) {
        StringBuilder text = new StringBuilder();
        write(value, text);
        return Sha256.hex(text.toString());
    }

    private static void write(@Nullable Object value, StringBuilder into) {
        if (value instanceof Map<?, ?> map) {
            TreeMap<String, @Nullable Object> sorted = new TreeMap<>();
            map.forEach((key, held) -> sorted.put(String.valueOf(key), held));
            into.append('{');
            sorted.forEach((key, held) -> {
                write(key, into);
                write(held, into);
            });
            into.append('}');
        } else if (value instanceof Iterable<?> list) {
            into.append('[');
            list.forEach(held -> write(held, into));
            into.append(']');
        } else if (value instanceof Number number) {
            into.append('#').append(number(number)).append(';');
        } else if (value instanceof String text) {
            // with its length, so that no text can look like two
            into.append('"').append(text.length()).append(':').append(text);
        } else {
            into.append('!').append(value).append(';');
        }
    }

    private static String number(Number number) {
        try {
            return new BigDecimal(number.toString()).stripTrailingZeros().toString();
        } catch (NumberFormatException e) {
            return number.toString();
        }
    }
}
