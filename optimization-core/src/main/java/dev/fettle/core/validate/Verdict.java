package dev.fettle.core.validate;

import dev.fettle.api.validate.ValidationVerdict;
import java.util.List;

/** A verdict with its reasons, one sentence each. */
record Verdict(ValidationVerdict verdict, List<String> reasons) {
    Verdict {
        reasons = List.copyOf(reasons);
    }
}
