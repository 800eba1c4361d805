package dev.fettle.core.validate;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.execute.RecordedEffect;
import dev.fettle.api.workflow.Workflow;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Refuses a dry run that would have to touch the outside world. */
final class EffectGuard {
    private EffectGuard() {}

    /**
     * Every unit with external or unknown effects, in either version, must have recorded results.
     *
     * @throws FettleException naming the units that have none
     */
    static void require(Workflow original, Workflow candidate, List<RecordedEffect> recorded) {
        Set<EffectUnit> units = new LinkedHashSet<>(EffectUnit.of(original));
        units.addAll(EffectUnit.of(candidate));
        List<String> unanswered = new ArrayList<>();
        for (EffectUnit unit : units) {
            if (recorded.stream().noneMatch(unit::isAnsweredBy)) {
                unanswered.add(unit.describe());
            }
        }
        if (!unanswered.isEmpty()) {
            throw new FettleException(
                    ErrorCode.EXECUTION,
                    "a dry run would perform external effects (" + String.join(", ", unanswered)
                            + "), for which no recorded results are there. Record a run first, or declare effects"
                            + " 'none' where there are none");
        }
    }
}
