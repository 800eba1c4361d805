package dev.fettle.api.strategy;

import dev.fettle.api.Stable;
import dev.fettle.api.plan.Source;
import org.jspecify.annotations.Nullable;

/**
 * What a replay cannot know about a changed node, stated by the strategy: how long a call takes with another tool or
 * model, what it costs, how good it is.
 *
 * @param node the node whose occurrences change
 * @param tool the tool whose calls within the node change; null where the whole occurrence does
 * @param seconds of each call or occurrence
 * @param usd of each call or occurrence
 * @param quality of the result, relative to what was recorded: 1 is the same
 * @param basis what the numbers rest on, in words ("41 trial calls with recorded arguments")
 */
@Stable
public record ExpectedOutcome(
        String node, @Nullable String tool, Amount seconds, Amount usd, Amount quality, Source source, String basis) {}
