package dev.fettle.core.record;

import dev.fettle.api.content.RedactionSettings;
import dev.fettle.api.execute.CallMatcher;
import dev.fettle.api.execute.ReplayRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * How runs are recorded and answered again.
 *
 * @param maxBytes most bytes of a recording before compression
 * @param keepInputBytes what a call was asked is kept for comparison up to this size as canonical JSON
 * @param redaction what is taken out of it
 * @param scope which calls are answered
 * @param live whether a call without external effects that nothing recorded answers is made
 * @param matching how calls that were not recorded exactly so find an answer
 */
public record RecordingSettings(
        long maxBytes,
        int keepInputBytes,
        RedactionSettings redaction,
        ReplayRules.Scope scope,
        boolean live,
        List<Matching> matching) {
    public static final RecordingSettings DEFAULT = new RecordingSettings(
            1L << 30, 1 << 16, RedactionSettings.DEFAULT, ReplayRules.Scope.OUTSIDE, false, List.of());

    public RecordingSettings {
        matching = List.copyOf(matching);
    }

    /**
     * How the calls of one tool, model or node find an answer.
     *
     * @param target the tool, model or node
     * @param ignore fields of the input that do not count
     * @param inOrder whether, where nothing else does, the next recorded call answers whatever was asked
     */
    public record Matching(String target, Set<String> ignore, boolean inOrder) {
        public Matching {
            ignore = Set.copyOf(ignore);
        }
    }

    public ReplayRules rules() {
        List<CallMatcher> matchers = new ArrayList<>();
        matching.stream()
                .filter(one -> !one.ignore().isEmpty())
                .forEach(one -> matchers.add(new IgnoredFields(one.target(), one.ignore(), redaction.redaction())));
        matching.stream().filter(Matching::inOrder).forEach(one -> matchers.add(Matchers.inOrder(one.target())));
        return new ReplayRules(scope, live, matchers);
    }
}
