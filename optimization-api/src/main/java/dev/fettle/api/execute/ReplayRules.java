package dev.fettle.api.execute;

import dev.fettle.api.Evolving;
import dev.fettle.api.workflow.Effects;
import java.util.List;

/**
 * Which outside calls are answered from a recording, and what happens to one that was not recorded.
 *
 * @param live whether a call in scope that does nothing outside is made where nothing recorded answers it; else, and for
 *     every call with external or unknown effects, the run stops
 * @param matchers asked in order where no recorded call asked exactly the same
 */
@Evolving
public record ReplayRules(Scope scope, boolean live, List<CallMatcher> matchers) {
    /** What is answered; all else is run. */
    public enum Scope {
        /** Nodes and tools with external or unknown effects. */
        EFFECTS,
        /** Those, idempotent effects, models, and tools that are {@linkplain ToolRunner#isRemote remote} or cost money. */
        OUTSIDE,
        /** Those, and every tool. */
        TOOLS
    }

    /** External effects never happen, and all else does. */
    public static final ReplayRules EFFECTS = new ReplayRules(Scope.EFFECTS, true, List.of());

    /** Nothing outside is touched, and nothing is paid. */
    public static final ReplayRules OUTSIDE = new ReplayRules(Scope.OUTSIDE, false, List.of());

    public ReplayRules {
        matchers = List.copyOf(matchers);
    }

    /**
     * Whether such a call is answered rather than made.
     *
     * @param outside whether it is a call of a tool that is remote or costs money
     */
    public boolean answers(OutsideCall.Kind kind, Effects effects, boolean outside) {
        return effects.mustKeep()
                || switch (scope) {
                    case EFFECTS -> false;
                    case OUTSIDE -> kind == OutsideCall.Kind.MODEL || effects != Effects.NONE || outside;
                    case TOOLS -> kind != OutsideCall.Kind.NODE || effects != Effects.NONE;
                };
    }
}
