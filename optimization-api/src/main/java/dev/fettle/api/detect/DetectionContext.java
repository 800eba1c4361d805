package dev.fettle.api.detect;

import dev.fettle.api.Stable;
import dev.fettle.api.model.ModelCatalogue;
import dev.fettle.api.profile.PerformanceProfile;
import dev.fettle.api.workflow.Workflow;

/** What a detector looks at. */
@Stable
public record DetectionContext(Workflow workflow, PerformanceProfile profile, ModelCatalogue models, Record settings) {
    /** The detector's own settings. */
    public <S extends Record> S settings(Class<S> type) {
        return type.cast(settings);
    }
}
