package dev.fettle.runtime.model;

import dev.fettle.api.model.ModelCatalogue;
import dev.fettle.api.trace.ModelCall;
import dev.fettle.api.workflow.Node;
import dev.fettle.runtime.budget.Budget;
import dev.fettle.runtime.budget.Budgets;
import dev.fettle.runtime.cancel.CancelScope;
import dev.fettle.runtime.record.RunClock;
import dev.fettle.runtime.secret.Secrets;
import dev.fettle.runtime.settings.RuntimeSettings;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The models of one run: where they answer, what they cost, and what may be spent on them. */
public record Models(
        RuntimeSettings settings,
        ModelCatalogue catalogue,
        RunClock clock,
        Budgets budgets,
        EndpointLimits limits,
        Secrets secrets) {

    /** Why the model cannot be called; null where it can. */
    public static @Nullable String obstacle(String model, RuntimeSettings settings) {
        if (model.equals(ExtractiveChatModel.NAME) || settings.endpoints().containsKey(model)) {
            return null;
        }
        return "the model (" + model + ") has no endpoint in the settings; expected one of "
                + settings.endpoints().keySet() + " or the offline model (" + ExtractiveChatModel.NAME + ")";
    }

    /** @param path the node's name, unique in the run */
    public Budget budget(String path, Node node) {
        return budgets.ofNode(path, node);
    }

    /**
     * Calls models for a node.
     *
     * @param path the node's name, unique in the run
     * @param scope ends calls that are under way
     * @param record takes each call, as soon as it has ended
     */
    public ModelCaller caller(String path, Node node, CancelScope scope, Consumer<ModelCall> record) {
        return new ModelCaller(this, scope, budget(path, node), record);
    }
}
