package dev.fettle.core.optimize;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.detect.Bottleneck;
import dev.fettle.api.detect.BottleneckDetector;
import dev.fettle.api.detect.DetectionContext;
import dev.fettle.api.model.ModelCatalogue;
import dev.fettle.api.strategy.OptimizationStrategy;
import dev.fettle.api.strategy.StrategyContext;
import dev.fettle.api.strategy.Suggestion;
import dev.fettle.api.strategy.ToolTrials;
import dev.fettle.core.plugin.InstalledPlugin;
import dev.fettle.core.plugin.PluginKind;
import dev.fettle.core.plugin.Plugins;
import dev.fettle.core.suggest.StrategyAnswer;
import dev.fettle.core.suggest.StrategySuite;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Asks every strategy for suggestions. */
public final class SuggestionMaker {
    private final Plugins plugins;
    private final ModelCatalogue models;

    @Inject
    SuggestionMaker(Plugins plugins, ModelCatalogue models) {
        this.plugins = plugins;
        this.models = models;
    }

    /**
     * All suggestions, in the order of the strategies' names.
     *
     * @throws FettleException where a strategy fails or two suggestions share an id
     */
    public List<Suggestion> suggest(Analysis analysis, ToolTrials trials) {
        Map<String, Record> settings = new LinkedHashMap<>();
        plugins.of(PluginKind.STRATEGY).forEach(strategy -> settings.put(strategy.name(), strategy.settings()));
        StrategySuite strategies =
                new StrategySuite(plugins.of(PluginKind.STRATEGY, OptimizationStrategy.class), settings);
        Map<String, Suggestion> byId = new LinkedHashMap<>();
        for (StrategyAnswer answer :
                strategies.ask(analysis.workflow(), analysis.profile(), analysis.bottlenecks(), models, trials)) {
            for (Suggestion suggestion : answer.suggestions()) {
                Suggestion other = byId.putIfAbsent(suggestion.id(), suggestion);
                if (other != null) {
                    throw new FettleException(
                            ErrorCode.PLUGIN,
                            "two suggestions have the id (" + suggestion.id() + "), one of the strategy ("
                                    + other.strategy() + ") and one of (" + suggestion.strategy()
                                    + "); ids must be unique");
                }
            }
        }
        return new ArrayList<>(byId.values());
    }

    /**
     * Asks one strategy, and says why it did or did not fire.
     *
     * @throws FettleException where there is no such strategy, or it fails
     */
    public Explanation explain(Analysis analysis, ToolTrials trials, String name) {
        InstalledPlugin installed = plugins.require(PluginKind.STRATEGY, name);
        OptimizationStrategy strategy = (OptimizationStrategy) installed.plugin();
        SortedMap<String, Long> found = new TreeMap<>();
        analysis.bottlenecks().forEach(bottleneck -> found.merge(bottleneck.type(), 1L, Long::sum));
        List<Bottleneck> relevant =
                analysis.bottlenecks().stream().filter(strategy::appliesTo).toList();
        List<RuleUse> rules = new ArrayList<>();
        plugins.of(PluginKind.DETECTOR).forEach(detector -> rules.add(detected(detector, analysis)));
        NotedRefusals refusals = new NotedRefusals();
        long start = System.nanoTime();
        List<Suggestion> made = StrategySuite.ask(
                strategy,
                new StrategyContext(
                        analysis.workflow(),
                        analysis.profile(),
                        relevant,
                        models,
                        trials,
                        installed.settings(),
                        refusals));
        rules.add(new RuleUse(PluginKind.STRATEGY, name, relevant.size(), made.size(), secondsSince(start)));
        return new Explanation(
                installed,
                strategy.needs(),
                found,
                relevant,
                new KnownFacts(analysis).of(relevant),
                made,
                refusals.conditions(),
                rules);
    }

    private RuleUse detected(InstalledPlugin installed, Analysis analysis) {
        BottleneckDetector detector = (BottleneckDetector) installed.plugin();
        long start = System.nanoTime();
        int found = detector.detect(
                        new DetectionContext(analysis.workflow(), analysis.profile(), models, installed.settings()))
                .size();
        return new RuleUse(
                PluginKind.DETECTOR,
                installed.name(),
                analysis.profile().nodes().size(),
                found,
                secondsSince(start));
    }

    private static double secondsSince(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
