package dev.fettle.core.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fettle.api.FettleException;
import dev.fettle.api.execute.RecordedEffect;
import dev.fettle.api.validate.Measured;
import dev.fettle.api.validate.ValidationReport;
import dev.fettle.api.validate.ValidationVerdict;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.core.definition.WorkflowReader;
import dev.fettle.core.definition.WorkflowWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateTest {
    private static final Workflow ORIGINAL = WorkflowReader.read("""
            version: 1
            id: flow
            inputs: [text]
            outputs: [out]
            nodes:
              - {id: a, kind: function, runner: a, reads: [text], writes: [b], effects: none, parameters: {limit: 1.50}}
              - {id: c, kind: function, runner: c, reads: [b], writes: [out], effects: none}
            """, "flow.yaml");
    private static final Workflow CANDIDATE = ORIGINAL.mapNode(
            "c", node -> node.toBuilder().parameters(Map.of("fast", true)).build());
    private static final List<Map<String, Object>> INPUTS = List.of(Map.of("text", "x"), Map.of("text", "y"));
    private static final Path FOLDER = Path.of(".");
    private static final String PART = """
            version: 1
            id: part
            inputs: [text]
            outputs: [out]
            nodes:
              - {id: work, kind: function, runner: %s, reads: [text], writes: [out], effects: none}
            """;

    @TempDir
    Path folder;

    private Path certify(ValidationVerdict verdict, String recording) throws IOException {
        Measured speedup = new Measured(2, 1.5, Double.NaN);
        ValidationReport report = new ValidationReport(
                verdict, true, 0, speedup, speedup, 0, 20, 20, List.of(), List.of("0 of 20 outputs differ"), true);
        List<RecordedEffect> effects = List.of(new RecordedEffect("a", null, "hash", null));
        Certificate certificate = Certificate.of(
                "flow",
                report,
                Certificate.Hashes.of(FOLDER, ORIGINAL, CANDIDATE, INPUTS, effects, recording),
                "fettle test",
                Instant.EPOCH);
        Path file = folder.resolve(CertificateFile.NAME);
        Files.writeString(file, CertificateFile.write(certificate));
        return file;
    }

    private static CertificateCheck check(Path file) {
        return CertificateCheck.of(file, FOLDER, ORIGINAL, CANDIDATE, INPUTS, null, false);
    }

    @Test
    void aWorkflowThatItsNodesReferToCounts() throws IOException {
        Workflow outer = WorkflowReader.read("""
                version: 1
                id: outer
                inputs: [text]
                outputs: [out]
                nodes:
                  - {id: part, kind: sub-workflow, reference: part.yaml, reads: [text], writes: [out], effects: none}
                """, "outer.yaml");
        Files.writeString(folder.resolve("part.yaml"), PART.formatted("one"));
        String before = Fingerprint.of(outer, folder);
        assertThat(Fingerprint.of(outer, folder)).isEqualTo(before);
        Files.writeString(folder.resolve("part.yaml"), PART.formatted("other"));
        assertThat(Fingerprint.of(outer, folder)).isNotEqualTo(before);
    }

    @Test
    void aScriptThatACommandOrAToolNamesCounts() throws IOException {
        Workflow outer = WorkflowReader.read("""
                version: 1
                id: outer
                inputs: [text]
                outputs: [out]
                tools:
                  - {name: find, runner: command, effects: none, settings: {command: [sh, tools/find.sh]}}
                nodes:
                  - {id: run, kind: command, command: [sh, run.sh], reads: [text], writes: [out], effects: none}
                """, "outer.yaml");
        Files.createDirectory(folder.resolve("tools"));
        String before = Fingerprint.of(outer, folder);
        for (String script : List.of("run.sh", "tools/find.sh")) {
            for (String content : List.of("echo 1", "echo 2")) {
                Files.writeString(folder.resolve(script), content);
                String after = Fingerprint.of(outer, folder);
                assertThat(after).isNotEqualTo(before).isEqualTo(Fingerprint.of(outer, folder));
                before = after;
            }
        }
        Files.writeString(folder.resolve("other.sh"), "echo");
        assertThat(Fingerprint.of(outer, folder)).isEqualTo(before);
    }

    @Test
    void holdsForTheFilesThatWereValidatedAlsoInAnotherLayout() throws IOException {
        Path file = certify(ValidationVerdict.APPROVE, "none");
        Workflow written = WorkflowReader.read("# a comment\n" + WorkflowWriter.toYaml(CANDIDATE), "optimized.yaml");

        CertificateCheck check = CertificateCheck.of(file, FOLDER, ORIGINAL, written, INPUTS, null, false);

        assertThat(check.problems()).isEmpty();
        assertThat(check.holds()).isTrue();
        assertThat(check.certificate().figures().exact()).isTrue();
        assertThat(check.certificate().figures().speedup().high()).isNull();
    }

    @Test
    void doesNotHoldForAnythingElse() throws IOException {
        Path file = certify(ValidationVerdict.APPROVE, "none");

        assertThat(CertificateCheck.of(file, FOLDER, CANDIDATE, CANDIDATE, INPUTS, null, false)
                        .problems())
                .singleElement()
                .asString()
                .contains("original workflow", "is not the one");
        assertThat(CertificateCheck.of(file, FOLDER, ORIGINAL, ORIGINAL, INPUTS, null, false)
                        .problems())
                .singleElement()
                .asString()
                .contains("candidate workflow");
        assertThat(CertificateCheck.of(file, FOLDER, ORIGINAL, CANDIDATE, INPUTS.subList(0, 1), null, false)
                        .problems())
                .singleElement()
                .asString()
                .contains("set of inputs");
    }

    @Test
    void knowsItsRecording() throws IOException {
        Path recording = Files.createDirectory(folder.resolve("recording"));
        Files.writeString(recording.resolve("a"), "1");
        Path file = certify(ValidationVerdict.APPROVE, Fingerprint.ofFiles(recording));

        assertThat(CertificateCheck.of(file, FOLDER, ORIGINAL, CANDIDATE, INPUTS, recording, false)
                        .holds())
                .isTrue();
        Files.writeString(recording.resolve("b"), "2");
        assertThat(CertificateCheck.of(file, FOLDER, ORIGINAL, CANDIDATE, INPUTS, recording, false)
                        .problems())
                .singleElement()
                .asString()
                .contains("recording");
    }

    @Test
    void allowsOnlyWhatTheVerdictAllows() throws IOException {
        assertThat(check(certify(ValidationVerdict.REJECT, "none")).problems())
                .containsExactly("the verdict is REJECT, which allows no deployment");
        assertThat(check(certify(ValidationVerdict.INCONCLUSIVE, "none")).holds())
                .isFalse();
        Path conditional = certify(ValidationVerdict.CONDITIONAL, "none");
        assertThat(check(conditional).problems())
                .containsExactly("the verdict is CONDITIONAL, to which somebody has to agree");
        assertThat(CertificateCheck.of(conditional, FOLDER, ORIGINAL, CANDIDATE, INPUTS, null, true)
                        .holds())
                .isTrue();
    }

    @Test
    void aChangedOrForeignFileIsRefusedInWords() throws IOException {
        Path file = certify(ValidationVerdict.REJECT, "none");
        Files.writeString(file, Files.readString(file).replace("REJECT", "APPROVE"));
        assertThatThrownBy(() -> check(file))
                .isInstanceOf(FettleException.class)
                .hasMessageContaining("was changed after it was written");

        for (String content : List.of("", "{}", "[1]", "{\"version\": 99}", "{\"version\": 1", "\u0000")) {
            Files.writeString(file, content);
            assertThatThrownBy(() -> check(file)).as(content).isInstanceOf(FettleException.class);
        }
        assertThatThrownBy(() -> CertificateFile.read(folder.resolve("absent"))).isInstanceOf(FettleException.class);
    }
}
