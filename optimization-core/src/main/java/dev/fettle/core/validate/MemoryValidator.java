package dev.fettle.core.validate;

import com.google.auto.service.AutoService;
import dev.fettle.api.profile.NodeProfile;
import dev.fettle.api.profile.PerformanceProfile;
import dev.fettle.api.validate.WorkflowValidator;
import dev.fettle.api.workflow.Node;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The nodes that may run at the same time fit into memory, by their recorded means. The members of a block count together:
 * an upper bound, since some of them wait for others.
 */
@AutoService(WorkflowValidator.class)
public final class MemoryValidator implements WorkflowValidator {
    private static final String TYPE = "memory_limit";

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public List<Violation> check(Context context) {
        double limit = context.constraints().maxMemoryBytes();
        if (limit == Double.POSITIVE_INFINITY) {
            return List.of();
        }
        List<String> unknown = new ArrayList<>();
        double greatest = 0;
        for (Node node : context.candidate().nodes()) {
            greatest = Math.max(greatest, bytes(node, context.profile(), unknown));
        }
        List<Violation> violations = new ArrayList<>();
        if (!context.constraints().allowsMemoryBytes(greatest)) {
            violations.add(new Violation(
                    TYPE,
                    "nodes that run at the same time need " + Math.round(greatest / 1e6) + " MB, above the limit of "
                            + Math.round(limit / 1e6) + " MB",
                    false));
        }
        if (!unknown.isEmpty()) {
            violations.add(new Violation(TYPE, "the memory of " + unknown + " is not known", false));
        }
        return violations;
    }

    private static double bytes(Node node, @Nullable PerformanceProfile profile, List<String> unknown) {
        if (!node.members().isEmpty()) {
            double sum = 0;
            for (Node member : node.members()) {
                sum += bytes(member, profile, unknown);
            }
            return sum;
        }
        NodeProfile recorded = profile == null ? null : profile.nodes().get(node.id());
        Double mean = recorded == null ? null : recorded.meanMemoryBytes();
        if (mean == null) {
            unknown.add(node.id());
            return 0;
        }
        return mean;
    }
}
