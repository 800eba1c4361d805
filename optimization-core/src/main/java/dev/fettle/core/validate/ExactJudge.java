package dev.fettle.core.validate;

import com.google.auto.service.AutoService;
import dev.fettle.api.validate.EquivalenceJudge;
import dev.fettle.api.validate.Judgement;
import java.util.List;
import java.util.Map;

/** Outputs are equal as canonical JSON: any order of keys, numbers by value. */
@AutoService(EquivalenceJudge.class)
public final class ExactJudge implements EquivalenceJudge {
    @Override
    public String name() {
        return "exact";
    }

    @Override
    public Judgement compare(Map<String, Object> original, Map<String, Object> candidate, Record settings) {
        return StructuralJudge.judge(original, candidate, List.of());
    }
}
