package dev.fettle.core.certificate;

import dev.fettle.api.workflow.Workflow;
import dev.fettle.core.definition.Configuration;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whether a certificate is about these files.
 *
 * @param problems why it is not, or why its verdict does not allow the candidate, one sentence each; empty where it holds
 */
public record CertificateCheck(Certificate certificate, List<String> problems) {
    public CertificateCheck {
        problems = List.copyOf(problems);
    }

    /** Whether the candidate may be deployed. */
    public boolean holds() {
        return problems.isEmpty();
    }

    /**
     * Checks a certificate against what is to be deployed.
     *
     * @param folder of the definitions
     * @param inputs of the project
     * @param configuration of the project
     * @param recording the recording's file or folder; null where it is not at hand, and then it is not compared
     * @param agreed whether somebody agreed to a conditional verdict
     * @throws dev.fettle.api.FettleException where the certificate cannot be read, has another format, or was changed
     */
    public static CertificateCheck of(
            Path certificate,
            Path folder,
            Workflow original,
            Workflow candidate,
            List<Map<String, Object>> inputs,
            Configuration configuration,
            @Nullable Path recording,
            boolean agreed) {
        Certificate read = CertificateFile.read(certificate);
        Certificate.Hashes hashes = read.hashes();
        List<String> problems = new ArrayList<>();
        compare(
                "original workflow (with what it refers to)",
                hashes.original(),
                Fingerprint.of(original, folder),
                problems);
        compare(
                "candidate workflow (with what it refers to)",
                hashes.candidate(),
                Fingerprint.of(candidate, folder),
                problems);
        boolean ofRecording = recording == null && hashes.recording() != null;
        compare(
                "set of inputs" + (ofRecording ? " (it is the recording's; give the recording)" : ""),
                hashes.inputs(),
                Fingerprint.of(inputs),
                problems);
        compare("way to run and compare (fettle.yaml)", hashes.settings(), Fingerprint.of(configuration), problems);
        if (recording != null) {
            compare("recording", String.valueOf(hashes.recording()), Fingerprint.ofFiles(recording), problems);
        }
        if (!read.allows(agreed)) {
            problems.add("the verdict is " + read.verdict()
                    + (read.allows(true) ? ", to which somebody has to agree" : ", which allows no deployment"));
        }
        return new CertificateCheck(read, problems);
    }

    private static void compare(String what, String certified, String found, List<String> problems) {
        if (!certified.equals(found)) {
            problems.add("the " + what + " is not the one that was validated (SHA-256 " + brief(certified)
                    + " certified, " + brief(found) + " found)");
        }
    }

    private static String brief(String hash) {
        return hash.substring(0, Math.min(12, hash.length()));
    }
}
