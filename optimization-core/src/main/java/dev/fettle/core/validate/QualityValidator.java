package dev.fettle.core.validate;

import com.google.auto.service.AutoService;
import dev.fettle.api.validate.WorkflowValidator;
import java.util.List;
import java.util.Locale;

/** The estimated quality is not below the constraint. What could not be estimated is shown to a person. */
@AutoService(WorkflowValidator.class)
public final class QualityValidator implements WorkflowValidator {
    @Override
    public String name() {
        return "quality";
    }

    @Override
    public List<Violation> check(Context context) {
        double quality = context.estimate().quality().after();
        double least = context.constraints().minQuality();
        if (context.constraints().allowsQuality(quality)) {
            return List.of();
        }
        String message = Double.isNaN(quality)
                ? "the quality could not be estimated"
                : String.format(Locale.ROOT, "the estimated quality %.2f is below %.2f", quality, least);
        return List.of(new Violation("quality_threshold", message, false));
    }
}
