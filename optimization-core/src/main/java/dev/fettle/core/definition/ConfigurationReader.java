package dev.fettle.core.definition;

import dev.fettle.api.content.RedactionSettings;
import dev.fettle.api.execute.ReplayRules;
import dev.fettle.api.plan.Constraints;
import dev.fettle.api.plan.Objective;
import dev.fettle.api.strategy.RiskLevel;
import dev.fettle.core.definition.Configuration.Profiling;
import dev.fettle.core.definition.Configuration.Search;
import dev.fettle.core.definition.Configuration.Validation;
import dev.fettle.core.plugin.PluginKind;
import dev.fettle.core.record.RecordingSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads {@code fettle.yaml}. Paths in it start at its folder. */
public final class ConfigurationReader {
    /** Fewer never give a verdict. */
    private static final int LEAST_PAIRS = 5;

    private final Problems problems;
    private final Path folder;

    private ConfigurationReader(String source, Path folder) {
        this.problems = new Problems(source);
        this.folder = folder;
    }

    /**
     * Reads a file; defaults where it does not exist.
     *
     * @throws dev.fettle.api.FettleException with all problems, each with line and column
     */
    public static Configuration read(Path file) {
        if (!Files.exists(file)) {
            return Configuration.DEFAULT;
        }
        Path folder = Objects.requireNonNullElse(file.toAbsolutePath().getParent(), file.toAbsolutePath());
        return read(YamlText.read(file), file.toString(), folder);
    }

    /** Reads a text. */
    public static Configuration read(String text, String source, Path folder) {
        if (text.isBlank()) {
            return Configuration.DEFAULT;
        }
        ConfigurationReader reader = new ConfigurationReader(source, folder);
        YamlValue value = YamlParser.parse(text, reader.problems);
        Fields fields = value == null ? null : Fields.of(value, "the configuration", reader.problems);
        Configuration configuration = fields == null ? null : reader.configuration(fields);
        if (configuration == null || !reader.problems.isEmpty()) {
            throw reader.problems.toException();
        }
        return configuration;
    }

    private Configuration configuration(Fields fields) {
        Map<String, Map<String, Map<String, Object>>> settings = new LinkedHashMap<>();
        for (PluginKind kind : PluginKind.values()) {
            String section = kind.section();
            Map<String, Map<String, Object>> byName = new LinkedHashMap<>();
            fields.nested(section, nested -> {
                fields.values(section).keySet().forEach(name -> byName.put(name, nested.values(name)));
                return byName;
            });
            if (!byName.isEmpty()) {
                settings.put(section, byName);
            }
        }
        Objective objective = fields.nested("objective", this::objective);
        Constraints constraints = fields.nested("constraints", this::constraints);
        Search search = fields.nested("search", this::search);
        Profiling profiling = fields.nested("profiling", this::profiling);
        Validation validation = fields.nested("validation", this::validation);
        Double maxUsd = fields.nested("spending", this::maxUsd);
        RecordingSettings recording = fields.nested("recording", this::recording);
        Configuration configuration = new Configuration(
                paths(fields, "plugins"),
                paths(fields, "models"),
                objective == null ? Objective.BALANCED : objective,
                constraints == null ? Constraints.DEFAULT : constraints,
                search == null ? Search.DEFAULT : search,
                profiling == null ? Profiling.DEFAULT : profiling,
                validation == null ? Validation.DEFAULT : validation,
                maxUsd == null ? Configuration.DEFAULT.maxUsd() : maxUsd,
                settings,
                recording == null ? RecordingSettings.DEFAULT : recording);
        fields.rejectUnknown();
        return configuration;
    }

    private List<Path> paths(Fields fields, String key) {
        return fields.texts(key).stream()
                .map(folder::resolve)
                .map(Path::normalize)
                .toList();
    }

    private @Nullable Objective objective(Fields fields) {
        double duration = fields.number("duration", 0, 1e6, Objective.BALANCED.durationWeight());
        double cost = fields.number("cost", 0, 1e6, Objective.BALANCED.costWeight());
        double quality = fields.number("quality", 0, 1e6, Objective.BALANCED.qualityWeight());
        fields.rejectUnknown();
        if (duration + cost + quality == 0) {
            problems.add(fields.place(), "all weights are 0; expected at least one above");
            return null;
        }
        return new Objective(duration, cost, quality);
    }

    private Double maxUsd(Fields fields) {
        double maxUsd = fields.number("maxUsd", 0, Double.MAX_VALUE, Configuration.DEFAULT.maxUsd());
        fields.rejectUnknown();
        return maxUsd;
    }

    private RedactionSettings redaction(Fields fields) {
        Boolean enabled = fields.flag("enabled");
        RedactionSettings settings =
                new RedactionSettings(enabled == null || enabled, fields.texts("keys"), fields.texts("patterns"));
        fields.rejectUnknown();
        return settings;
    }

    private RecordingSettings recording(Fields fields) {
        RecordingSettings base = RecordingSettings.DEFAULT;
        ReplayRules.Scope scope = fields.word("scope", ReplayRules.Scope.class);
        RedactionSettings redaction = fields.nested("redaction", this::redaction);
        Boolean live = fields.flag("live");
        List<RecordingSettings.Matching> matching = new ArrayList<>();
        fields.nested("matching", targets -> {
            for (String target : fields.values("matching").keySet()) {
                targets.nested(target, one -> {
                    Boolean inOrder = one.flag("inOrder");
                    matching.add(new RecordingSettings.Matching(
                            target, new LinkedHashSet<>(one.texts("ignore")), Boolean.TRUE.equals(inOrder)));
                    one.rejectUnknown();
                    return matching;
                });
            }
            targets.rejectUnknown();
            return matching;
        });
        RecordingSettings settings = new RecordingSettings(
                number(fields.integer("maxBytes", 1024, Long.MAX_VALUE), base.maxBytes()),
                (int) number(fields.integer("keepInputBytes", 0, Integer.MAX_VALUE), base.keepInputBytes()),
                redaction == null ? base.redaction() : redaction,
                scope == null ? base.scope() : scope,
                live == null ? base.live() : live,
                matching);
        fields.rejectUnknown();
        return settings;
    }

    private Constraints constraints(Fields fields) {
        Constraints base = Constraints.DEFAULT;
        RiskLevel maxRisk = fields.word("maxRisk", RiskLevel.class);
        Constraints constraints = new Constraints(
                maxRisk == null ? base.maxRisk() : maxRisk,
                fields.number("minQuality", 0, 1, base.minQuality()),
                fields.number("maxCostUsd", 0, Double.MAX_VALUE, base.maxCostUsd()),
                fields.number("maxMemoryBytes", 0, Double.MAX_VALUE, base.maxMemoryBytes()),
                new LinkedHashSet<>(fields.texts("keepNodes")),
                fields.number("minConfidence", 0, 1, base.minConfidence()));
        fields.rejectUnknown();
        return constraints;
    }

    private Search search(Fields fields) {
        Search base = Search.DEFAULT;
        Search search = new Search(
                fields.text("algorithm", base.algorithm()),
                number(fields.integer("seed", Long.MIN_VALUE, Long.MAX_VALUE), base.seed()),
                number(fields.integer("maxEvaluations", 1, Long.MAX_VALUE), base.maxEvaluations()),
                duration(fields, "maxTime", base.maxTime()),
                (int) number(fields.integer("concurrency", 1, 100_000), base.concurrency()));
        fields.rejectUnknown();
        return search;
    }

    private Profiling profiling(Fields fields) {
        Profiling base = Profiling.DEFAULT;
        Boolean outside = fields.flag("trialsOutside");
        Profiling profiling = new Profiling(
                (int) number(fields.integer("runs", 1, 1_000_000), base.runs()),
                (int) number(fields.integer("warmUp", 0, 1_000_000), base.warmUp()),
                duration(fields, "timeoutPerRun", base.timeoutPerRun()),
                outside == null ? base.trialsOutside() : outside);
        fields.rejectUnknown();
        return profiling;
    }

    private Validation validation(Fields fields) {
        Validation base = Validation.DEFAULT;
        Validation validation = new Validation(
                (int) number(fields.integer("pairs", LEAST_PAIRS, 1_000_000), base.pairs()),
                (int) number(fields.integer("warmUp", 0, 1_000_000), base.warmUp()),
                fields.text("judge", base.judge()),
                duration(fields, "maxTime", base.maxTime()),
                new LinkedHashSet<>(fields.texts("allowHosts")));
        fields.rejectUnknown();
        return validation;
    }

    private static long number(@Nullable Long value, long missing) {
        return value == null ? missing : value;
    }

    private Duration duration(Fields fields, String key, Duration missing) {
        Duration value = fields.duration(key);
        if (value != null && value.isZero()) {
            problems.add(fields.place(key), key + " is 0; expected a positive duration");
        }
        return value == null ? missing : value;
    }
}
