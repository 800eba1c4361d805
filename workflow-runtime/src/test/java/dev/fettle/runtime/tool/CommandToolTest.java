package dev.fettle.runtime.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fettle.runtime.tool.command.CommandTool;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CommandToolTest {
    private final CommandTool command = new CommandTool();

    @Test
    void argumentsArriveAsJsonAndAsWordsWithoutAShell() throws Exception {
        assertThat(ToolBench.call(command, Map.of("command", List.of("cat")), Map.of("b", 2, "a", "x")))
                .isEqualTo(Map.of("a", "x", "b", 2));
        assertThat(ToolBench.call(
                        command,
                        Map.of("command", List.of("echo", "{a}", "{c}"), "output", "text"),
                        Map.of("a", "{b}; $(id)", "b", "never")))
                .isEqualTo("{b}; $(id) {c}\n");
    }

    @Test
    void aCommandThatFailsOrAnswersNoJsonIsAnError() {
        assertThatThrownBy(() -> ToolBench.call(
                        command, Map.of("command", List.of("sh", "-c", "echo planted >&2; exit 3")), Map.of()))
                .hasMessageContaining("exit code (3)")
                .hasMessageContaining("planted");
        assertThatThrownBy(() -> ToolBench.call(command, Map.of("command", List.of("echo", "so so")), Map.of()))
                .hasMessageContaining("(so so)")
                .hasMessageContaining("expected JSON");
        assertThat(ToolBench.obstacles(command, Map.of("comand", "x"))).hasSize(2);
    }

    @Test
    void aCommandThatTakesTooLongIsEndedWithItsChildren() {
        CommandTool.Settings impatient = new CommandTool.Settings(Duration.ofMillis(200), 1000, 100);

        assertThatThrownBy(() -> ToolBench.call(
                        command,
                        impatient,
                        Map.of("command", List.of("sh", "-c", "sleep 98765 & sleep 98765")),
                        Map.of()))
                .hasMessageContaining("timeout of the tool (PT0.2S)");
        assertThat(ProcessHandle.allProcesses()
                        .map(process -> process.info().commandLine().orElse(""))
                        .filter(line -> line.contains("98765")))
                .isEmpty();
    }
}
