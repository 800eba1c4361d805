package dev.fettle.examples.moduleaudit;

import com.google.auto.service.AutoService;
import dev.fettle.api.execute.NodeContext;
import dev.fettle.api.execute.NodeRunner;
import java.util.Map;

/** Sees to it that the registry runs, and writes where. */
@AutoService(NodeRunner.class)
public final class OpenModuleRegistry implements NodeRunner {
    @Override
    public String name() {
        return "open-module-registry";
    }

    @Override
    public Map<String, Object> run(NodeContext context) {
        return Map.of(context.writes().get(0), ModuleRegistry.address());
    }
}
