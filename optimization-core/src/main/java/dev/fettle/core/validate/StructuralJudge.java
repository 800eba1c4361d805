package dev.fettle.core.validate;

import com.google.auto.service.AutoService;
import dev.fettle.api.validate.EquivalenceJudge;
import dev.fettle.api.validate.Judgement;
import dev.fettle.api.validate.Judgement.Outcome;
import java.util.List;
import java.util.Map;

/** Outputs are equal field by field, each under the first rule whose path matches it; exactly where none does. */
@AutoService(EquivalenceJudge.class)
public final class StructuralJudge implements EquivalenceJudge {
    /** Rules in order of precedence. */
    public record Settings(List<FieldRule> rules) {
        public Settings {
            rules = List.copyOf(rules);
        }
    }

    @Override
    public String name() {
        return "structural";
    }

    @Override
    public Record defaultSettings() {
        return new Settings(List.of());
    }

    @Override
    public Judgement compare(Map<String, Object> original, Map<String, Object> candidate, Record settings) {
        return judge(original, candidate, ((Settings) settings).rules());
    }

    static Judgement judge(Map<String, Object> original, Map<String, Object> candidate, List<FieldRule> rules) {
        String difference = JsonDifference.first(original, candidate, rules).orElse("");
        if (difference.isEmpty()) {
            return JsonDifference.holdsNonFinite(original) && rules.isEmpty()
                    ? new Judgement(Outcome.INCONCLUSIVE, "the output holds a number that is not finite")
                    : Judgement.EQUIVALENT;
        }
        return new Judgement(Outcome.DIFFERENT, difference);
    }
}
