package dev.fettle.core.profile;

import static java.util.Objects.requireNonNull;

import dev.fettle.api.model.ModelCatalogue;
import dev.fettle.api.profile.NodeProfile;
import dev.fettle.api.profile.PerformanceProfile;
import dev.fettle.api.profile.ToolProfile;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.core.model.Catalogue;
import java.util.List;

/** Profiles of traces, and what is in them. */
final class Profiled {
    static final ModelCatalogue MODELS = Catalogue.standard();

    private Profiled() {}

    static ProfileAccumulator add(ProfileAccumulator into, List<ExecutionTrace> traces) {
        traces.forEach(into::add);
        return into;
    }

    static PerformanceProfile of(List<ExecutionTrace> traces) {
        return add(new ProfileAccumulator(), traces).profile(MODELS);
    }

    static NodeProfile node(PerformanceProfile profile, String id) {
        return requireNonNull(profile.nodes().get(id));
    }

    static ToolProfile tool(PerformanceProfile profile, String name) {
        return requireNonNull(profile.tools().get(name));
    }
}
