package dev.fettle.testkit.validate;

import dev.fettle.api.validate.WorkflowValidator;
import java.util.List;

/** A validator that wants the outputs to stay keeps the contract. */
final class ValidatorContractTest implements ValidatorContract {
    private static final class SameOutputs implements WorkflowValidator {
        @Override
        public String name() {
            return "same-outputs";
        }

        @Override
        public List<Violation> check(Context context) {
            boolean same =
                    context.original().outputs().equals(context.candidate().outputs());
            return same
                    ? List.of()
                    : List.of(new Violation(
                            "outputs",
                            "the outputs became " + context.candidate().outputs(),
                            true));
        }
    }

    @Override
    public WorkflowValidator validator() {
        return new SameOutputs();
    }
}
