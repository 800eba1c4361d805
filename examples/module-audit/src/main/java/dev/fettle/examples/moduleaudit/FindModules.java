package dev.fettle.examples.moduleaudit;

import com.google.auto.service.AutoService;
import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.execute.NodeContext;
import dev.fettle.api.execute.NodeRunner;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Asks the registry for the module of each imported package, and counts the imports of each module of the platform. */
@AutoService(NodeRunner.class)
public final class FindModules implements NodeRunner {
    @Override
    public String name() {
        return "find-modules";
    }

    @Override
    public Map<String, Object> run(NodeContext context) throws Exception {
        if (!(context.state().get("imports") instanceof List<?> imports)) {
            throw new FettleException(
                    ErrorCode.BAD_INPUT, "the state has no list (imports); expected names of packages");
        }
        Object registry = context.state().get("registry");
        Map<String, Object> modules = new TreeMap<>();
        for (Object name : imports) {
            Object answer =
                    context.callTool("scan_modules", Map.of("registry", String.valueOf(registry), "package", name));
            if (answer instanceof Map<?, ?> map
                    && String.valueOf(map.get("module")).startsWith("j")) {
                modules.merge(String.valueOf(map.get("module")), 1, (a, b) -> (Integer) a + (Integer) b);
            }
        }
        return Map.of(context.writes().get(0), modules);
    }
}
