package dev.fettle.strategies.advanced.caching;

import com.google.auto.service.AutoService;
import dev.fettle.api.change.AddPolicies;
import dev.fettle.api.detect.Bottleneck;
import dev.fettle.api.detect.BottleneckTypes;
import dev.fettle.api.profile.Rate;
import dev.fettle.api.profile.ToolProfile;
import dev.fettle.api.strategy.OptimizationStrategy;
import dev.fettle.api.strategy.Refusals;
import dev.fettle.api.strategy.RiskLevel;
import dev.fettle.api.strategy.StrategyContext;
import dev.fettle.api.strategy.Suggestion;
import dev.fettle.api.workflow.Effects;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.Policies;
import dev.fettle.api.workflow.Policies.Cache.Invalidation;
import dev.fettle.api.workflow.ToolSpec;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Keeps the results of a tool's calls that are asked for again.
 *
 * <pre>
 *   search ──▶ docs(a), docs(b), docs(a)      becomes      search {cache: docs} ──▶ docs(a), docs(b), kept a
 * </pre>
 *
 * Recorded calls are replayed through the cache: the answers that it would have given are compared with the results that
 * were recorded. The key is the arguments, with calls of tools with effects emptying the cache; where results for the same
 * arguments differ, a state key that the node reads belongs to the key too, if then they agree. Where runs repeat too few
 * questions to tell, and none of them was answered otherwise, equal answers to different runs vouch for the cache. The
 * contents of files that arguments name by their schema belong to the key, as a safeguard that no record can speak for. How
 * long a result is kept is no longer than results were seen to stay right. Size and eviction are the
 * smallest that answer as much as a cache without bound. A tool with effects, or with effects that nobody declared, is left
 * alone.
 *
 * <p>Risk: low where all compared answers are right and no state is in the key; else medium.
 */
@AutoService(OptimizationStrategy.class)
public final class ToolCaching implements OptimizationStrategy {

    @Override
    public String name() {
        return "cache-tool";
    }

    @Override
    public String needs() {
        return "a tool whose declared effects are none, and recorded calls that repeat arguments within a run, with results to compare";
    }

    @Override
    public CachingSettings defaultSettings() {
        return CachingSettings.DEFAULT;
    }

    @Override
    public boolean appliesTo(Bottleneck bottleneck) {
        return bottleneck.type().equals(BottleneckTypes.MISSING_CACHING)
                || bottleneck.type().equals(BottleneckTypes.EXPENSIVE_TOOL);
    }

    @Override
    public List<Suggestion> suggest(StrategyContext context) {
        Set<String> tools = new LinkedHashSet<>();
        for (Bottleneck bottleneck : context.bottlenecks()) {
            String tool = bottleneck.tool();
            if (tool != null) {
                tools.add(tool);
            }
        }
        if (tools.isEmpty()) {
            return List.of();
        }
        Set<String> acting = acting(context);
        CallIndex index = new CallIndex(context.profile(), acting);
        List<Suggestion> suggestions = new ArrayList<>();
        for (String name : tools) {
            ToolSpec tool = context.workflow().tool(name).orElse(null);
            if (tool == null) {
                context.refusals().refused("tool " + name, Refusals.NOT_SEEN);
                continue;
            }
            if (!context.holds(
                    "tool " + name, tool.effects() == Effects.NONE, "does not declare that it has no effects")) {
                continue;
            }
            for (Node node : context.workflow().allNodes()) {
                if (node.answeringTools().contains(name)
                        && context.holds(
                                node.id() + "/" + name, node.policies().cache() == null, "has a cache already")) {
                    suggest(context, node, tool, acting, index.of(node.id(), name), suggestions);
                }
            }
        }
        return suggestions;
    }

    private void suggest(
            StrategyContext context,
            Node node,
            ToolSpec tool,
            Set<String> acting,
            RecordedCalls calls,
            List<Suggestion> suggestions) {
        CachingSettings settings = context.settings(CachingSettings.class);
        List<Invalidation> keys = keys(node, acting);
        Rate determinism = determinism(context, tool);
        String candidate = node.id() + "/" + tool.name();
        CacheChoice.of(
                        tool.name(),
                        keys,
                        settings,
                        calls::replay,
                        cache -> cache.invalidation().stateKeys().isEmpty() && settings.rightEnough(determinism)
                                ? determinism
                                : calls.across(cache),
                        why -> context.refusals().refused(candidate, why))
                .map(choice -> choice.withFiles(FileArguments.of(tool.arguments())))
                .ifPresent(choice -> {
                    AddPolicies change = new AddPolicies(node.id(), Policies.NONE.withCache(choice.policy()));
                    if (context.applies(candidate, List.of(change))) {
                        suggestions.add(suggestion(context, node, tool, choice, change));
                    }
                });
    }

    /** The tools whose calls always empty a cache. */
    private static Set<String> acting(StrategyContext context) {
        Set<String> acting = new LinkedHashSet<>();
        for (ToolSpec other : context.workflow().tools()) {
            if (other.effects() != Effects.NONE) {
                acting.add(other.name());
            }
        }
        return acting;
    }

    /** What may belong to the key, the simplest first. */
    private static List<Invalidation> keys(Node node, Set<String> acting) {
        List<Invalidation> keys = new ArrayList<>();
        keys.add(new Invalidation(Set.of(), Set.of(), acting));
        for (String key : node.state().reads()) {
            keys.add(new Invalidation(Set.of(key), Set.of(), acting));
        }
        return keys;
    }

    /** How often the tool gave the same result for the same arguments, whatever happened in between. */
    private static Rate determinism(StrategyContext context, ToolSpec tool) {
        ToolProfile profile = context.profile().tools().get(tool.name());
        return profile == null ? Rate.of(0, 0) : profile.determinism();
    }

    private Suggestion suggestion(
            StrategyContext context, Node node, ToolSpec tool, CacheChoice choice, AddPolicies change) {
        Rate determinism = determinism(context, tool);
        boolean alwaysEqual = determinism.successes() == determinism.trials();
        RiskLevel risk = choice.plain() && alwaysEqual ? RiskLevel.LOW : RiskLevel.MEDIUM;
        String what = "calls of '" + tool.name() + "' in '" + node.id() + "'";
        return CacheSuggestion.of(
                this, node.id() + "/" + tool.name(), List.of(node.id(), tool.name()), node, what, choice, risk, change);
    }
}
