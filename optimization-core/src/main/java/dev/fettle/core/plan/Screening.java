package dev.fettle.core.plan;

import dev.fettle.api.change.ChangeResult;
import dev.fettle.api.plan.Constraints;
import dev.fettle.api.plan.Plan;
import dev.fettle.api.strategy.Suggestion;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.core.estimate.ReplayEstimator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Parts suggestions that may be in a plan from those that may not, and puts the former in the order in which they are
 * applied: what takes nodes out, then what arranges nodes anew, then what changes single nodes.
 */
final class Screening {
    private final ReplayEstimator estimator;
    private final Constraints constraints;
    private final List<Suggestion> admitted = new ArrayList<>();
    private final List<Plan.Exclusion> excluded = new ArrayList<>();

    private record Admitted(Suggestion suggestion, int phase) {}

    Screening(ReplayEstimator estimator, Constraints constraints, List<Suggestion> suggestions) {
        this.estimator = estimator;
        this.constraints = constraints;
        List<Admitted> list = new ArrayList<>();
        for (Suggestion suggestion : suggestions) {
            ChangeResult result = estimator.compose(List.of(suggestion));
            String reason = reason(suggestion, result);
            if (reason != null) {
                excluded.add(new Plan.Exclusion(suggestion.id(), reason));
            } else if (result instanceof ChangeResult.Applied applied) {
                list.add(new Admitted(suggestion, phase(applied.workflow())));
            }
        }
        list.sort(Comparator.comparingInt(Admitted::phase));
        list.forEach(one -> admitted.add(one.suggestion()));
    }

    private @Nullable String reason(Suggestion suggestion, ChangeResult result) {
        if (suggestion.risk().compareTo(constraints.maxRisk()) > 0) {
            return "its risk (" + suggestion.risk() + ") is above the accepted (" + constraints.maxRisk() + ")";
        }
        if (suggestion.confidence() < constraints.minConfidence()) {
            return "its confidence (" + suggestion.confidence() + ") is below the wanted ("
                    + constraints.minConfidence() + ")";
        }
        if (result instanceof ChangeResult.Refused refused) {
            return refused.reason();
        }
        if (result instanceof ChangeResult.Applied applied) {
            for (String keep : constraints.keepNodes()) {
                if (estimator.base().node(keep).isPresent()
                        && applied.workflow().node(keep).isEmpty()) {
                    return "it would remove the node (" + keep + "), which is to be kept";
                }
            }
        }
        return null;
    }

    private int phase(Workflow changed) {
        if (estimator.sameShape(changed)) {
            return 2;
        }
        return estimator
                        .base()
                        .nodesById()
                        .keySet()
                        .containsAll(changed.nodesById().keySet())
                ? 0
                : 1;
    }

    /** In the order in which they are applied. */
    List<Suggestion> admitted() {
        return List.copyOf(admitted);
    }

    List<Plan.Exclusion> excluded() {
        return List.copyOf(excluded);
    }
}
