package dev.fettle.testkit.workflow;

import dev.fettle.api.Stable;
import dev.fettle.api.workflow.Edge;
import dev.fettle.api.workflow.Workflow;
import java.util.List;

/** Small well-formed workflows of the common shapes. */
@Stable
public final class SampleWorkflows {
    private SampleWorkflows() {}

    /** {@code read -> count, style, todo (each reads files) -> report}, run one after another. */
    public static Workflow independentChecks() {
        return WorkflowBuilder.workflow("independent-checks")
                .inputs("folder")
                .outputs("report")
                .function("read", n -> n.reads("folder").writes("files"))
                .function("count", n -> n.reads("files").writes("lines"))
                .function("style", n -> n.reads("files").writes("issues"))
                .function("todo", n -> n.reads("files").writes("todos"))
                .function("report", n -> n.reads("lines", "issues", "todos").writes("report"))
                .build();
    }

    /** {@code read -> lint -> report}, and nobody reads what {@code lint} writes. */
    public static Workflow unusedNode() {
        return WorkflowBuilder.workflow("unused-node")
                .inputs("folder")
                .outputs("report")
                .function("read", n -> n.reads("folder").writes("files"))
                .function("lint", n -> n.reads("files").writes("lint"))
                .function("report", n -> n.reads("files").writes("report"))
                .build();
    }

    /** {@code parse} and {@code parse_again} run the same code on the same key. */
    public static Workflow duplicateNodes() {
        return WorkflowBuilder.workflow("duplicate-nodes")
                .inputs("files")
                .outputs("report")
                .function("parse", n -> n.reads("files").writes("tree"))
                .function("style", n -> n.reads("tree").writes("issues"))
                .function("parse_again", n -> n.runner("parse").reads("files").writes("tree2"))
                .function("report", n -> n.reads("issues", "tree2").writes("report"))
                .build();
    }

    /** A condition with two branches that meet again. */
    public static Workflow branches() {
        return WorkflowBuilder.workflow("branches")
                .inputs("question")
                .outputs("answer")
                .function("classify", n -> n.reads("question").writes("hard"))
                .condition("gate", "hard")
                .function("think", n -> n.reads("question").writes("draft"))
                .function("look_up", n -> n.reads("question").writes("draft"))
                .function("answer", n -> n.reads("draft").writes("answer"))
                .path("classify", "gate")
                .when("gate", "true", "think")
                .when("gate", "false", "look_up")
                .path("think", "answer")
                .path("look_up", "answer")
                .build();
    }

    /** {@code draft -> review -> good? }, back to {@code draft} at most three times. */
    public static Workflow loop() {
        return WorkflowBuilder.workflow("loop")
                .inputs("task", "notes")
                .outputs("text")
                .function("draft", n -> n.reads("task", "notes").writes("text"))
                .function("review", n -> n.reads("text").writes("notes", "good"))
                .condition("gate", "good")
                .path("draft", "review", "gate")
                .loop("gate", "false", "draft", 3)
                .when("gate", "true", Edge.END)
                .build();
    }

    /** An agent with a paid search tool, for which a free one with the same capability is declared. */
    public static Workflow searchTools() {
        return WorkflowBuilder.workflow("search-tools")
                .inputs("question")
                .outputs("answer")
                .tool(
                        "web_search",
                        t -> t.capabilities("search").textArguments("query").usdPerCall("0.01"))
                .tool(
                        "local_search",
                        t -> t.capabilities("search").textArguments("query").usdPerCall("0"))
                .agent(
                        "research",
                        n -> n.model("small").reads("question").writes("answer").tools("web_search"))
                .build();
    }

    /** All of them. */
    public static List<Workflow> all() {
        return List.of(independentChecks(), unusedNode(), duplicateNodes(), branches(), loop(), searchTools());
    }
}
