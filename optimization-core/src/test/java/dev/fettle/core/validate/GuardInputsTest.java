package dev.fettle.core.validate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.api.plan.Constraints;
import dev.fettle.api.validate.WorkflowValidator.Violation;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.core.definition.WorkflowReader;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A mail that a person, a condition and a check hold back: all of them stay, and go by the same. */
class GuardInputsTest {
    private static final String MAIL = """
            version: 1
            id: mail
            inputs: [text, secret]
            outputs: [sent]
            tools:
              - {name: strict, runner: strict, capabilities: [scan], effects: none}
              - {name: lax, runner: lax, capabilities: [scan], effects: none}
            nodes:
              - {id: draft, kind: agent, model: m, prompt: "Draft {text}", reads: [text], writes: [mail], effects: none,
                 parameters: {maxUsd: 2}}
              - {id: scan, kind: function, runner: scan, tools: {s: strict}, reads: [mail], writes: [], effects: none}
              - {id: verify, kind: command, command: [verify], reads: [mail], writes: [valid], effects: none}
              - {id: ask, kind: human, prompt: "Send {mail}?", reads: [mail], writes: [ok]}
              - {id: gate, kind: condition, compare: {key: ok, operator: equals, value: "yes"}, reads: [ok]}
              - {id: send, kind: function, runner: send, reads: [mail], writes: [sent], effects: external}
              - {id: look, kind: command, command: [look], reads: [text], writes: [seen], effects: none}
            edges:
              - {from: draft, to: scan}
              - {from: scan, to: verify}
              - {from: verify, to: ask}
              - {from: ask, to: gate}
              - {from: gate, to: send, when: "true"}
              - {from: gate, to: end, when: "false"}
              - {from: send, to: look}
            """;

    private static List<Violation> violations(String candidate) {
        Workflow original = WorkflowReader.read(MAIL, "mail.yaml");
        return StaticChecks.standard()
                .run(
                        original,
                        WorkflowReader.read(candidate, "candidate.yaml"),
                        Workflows.estimate(0, 1),
                        Constraints.DEFAULT,
                        null);
    }

    private static List<String> messages(String candidate, boolean critical) {
        return violations(candidate).stream()
                .filter(violation -> violation.critical() == critical)
                .map(Violation::message)
                .toList();
    }

    @Test
    void theOriginalKeepsItsGuards() {
        assertThat(violations(MAIL)).isEmpty();
    }

    @Test
    void nobodyElseAnswersInPlaceOfThePerson() {
        String yes = MAIL.replace(
                        "  - {id: gate,",
                        "  - {id: yes, kind: agent, model: m, prompt: \"yes\", reads: [], writes: [ok], effects: none}\n  - {id: gate,")
                .replace("{from: ask, to: gate}", "{from: ask, to: yes}\n  - {from: yes, to: gate}");

        assertThat(messages(yes, true))
                .contains("'gate', which guards an effect, would go by what 'yes' writes to 'ok'");
    }

    @Test
    void nobodyElseWritesWhatThePersonIsAsked() {
        String other = MAIL.replace(
                        "  - {id: ask,",
                        "  - {id: calm, kind: function, runner: calm, reads: [text], writes: [mail], effects: none}\n  - {id: ask,")
                .replace("{from: verify, to: ask}", "{from: verify, to: calm}\n  - {from: calm, to: ask}");

        assertThat(messages(other, true))
                .contains("'ask', which guards an effect, would go by what 'calm' writes to 'mail'");
    }

    @Test
    void aCheckKeepsItsTool() {
        assertThat(messages(MAIL.replace("tools: {s: strict}", "tools: {s: lax}"), true))
                .anyMatch(message -> message.contains("would no longer wait for the check 'scan'"));
    }

    @Test
    void aNodeThatCouldFailBeforeTheEffectIsForAPersonToMiss() {
        String without = MAIL.replaceAll("(?m)^ *- \\{id: verify.*\n", "")
                .replace("{from: scan, to: verify}", "{from: scan, to: ask}")
                .replaceAll("(?m)^ *- \\{from: verify, to: ask\\}\n", "");

        assertThat(messages(without, true)).isEmpty();
        assertThat(messages(without, false))
                .singleElement()
                .asString()
                .contains("should 'verify' fail, that would no longer hold back the effect of node 'send'");
    }

    @Test
    void whatLooksOutsideAfterAnEffectIsForAPersonToMoveBeforeIt() {
        String early = MAIL.replace("{from: draft, to: scan}", "{from: draft, to: look}\n  - {from: look, to: scan}")
                .replaceAll("(?m)^ *- \\{from: send, to: look\\}\n", "");

        assertThat(messages(early, false))
                .anyMatch(message -> message.contains("'look' came after the effect of node 'send'"));
    }

    @Test
    void aLimitOfMoneyIsNotRaised() {
        assertThat(messages(MAIL.replace("maxUsd: 2", "maxUsd: 200"), true))
                .anyMatch(message -> message.contains("'draft' could spend 200.0 USD, and at most 2.0 USD before"));
        assertThat(messages(MAIL.replace(",\n     parameters: {maxUsd: 2}}", "}"), true))
                .anyMatch(message -> message.contains("'draft' could spend any sum"));
        assertThat(messages(MAIL.replace("maxUsd: 2", "maxUsd: 1"), true)).isEmpty();
    }

    @Test
    void aCommandSeesNoMoreOfTheState() {
        assertThat(messages(
                        MAIL.replace("command: [look], reads: [text]", "command: [look], reads: [text, secret]"), true))
                .anyMatch(message -> message.contains("the command 'look' would see [secret]"));
    }
}
