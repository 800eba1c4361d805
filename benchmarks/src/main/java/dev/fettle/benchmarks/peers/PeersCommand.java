package dev.fettle.benchmarks.peers;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.search.SearchAlgorithm;
import dev.fettle.benchmarks.choicedag.ChoiceDag;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Searches one instance with Fettle's algorithms and with other systems, one after the other. */
@Command(
        name = "peers",
        description = {
            "Compares Fettle's search with other optimizers on one instance of choice-dag, in one run.",
            "The others are in a build with the Maven profile peers only (mvn -Ppeers package)."
        },
        mixinStandardHelpOptions = true)
public final class PeersCommand implements Callable<Integer> {
    private static final List<String> ALGORITHMS = List.of("auto", "annealing", "genetic", "hill-climbing");

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--instance", paramLabel = "FILE", required = true, description = "The instance.")
    private Path instance = Path.of("");

    @Option(names = "--seconds", paramLabel = "S", required = true, description = "For each system and seed.")
    private double seconds;

    @Option(names = "--format", paramLabel = "FORMAT", description = "text (the default) or json.")
    private Format format = Format.TEXT;

    @Option(names = "--seeds", paramLabel = "N", description = "How many searches each system makes; 1 by default.")
    private int seeds = 1;

    @Option(names = "--seed", paramLabel = "N", description = "The first of them; 0 by default.")
    private long firstSeed;

    @Option(names = "--optimum", paramLabel = "SCORE", description = "The optimum, where it is known.")
    private double optimum = Double.NaN;

    @Option(
            names = "--systems",
            paramLabel = "PART",
            split = ",",
            description = "Only systems whose names hold one of these, such as timefold,annealing.")
    private List<String> systems = new ArrayList<>();

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Writes a report: HTML if it ends so, else Markdown.")
    private @Nullable Path report;

    /** How the result is printed. */
    enum Format {
        TEXT,
        JSON
    }

    @Override
    public Integer call() throws Exception {
        if (!(seconds > 0) || seconds > 1e6 || seeds < 1) {
            throw new CommandLine.ParameterException(
                    commandLine(),
                    "the limits (" + seconds + " seconds, " + seeds + " seeds) are not usable; expected more than 0");
        }
        ChoiceDag dag = ChoiceDag.read(instance);
        Comparison comparison = Comparison.of(
                String.valueOf(instance.getFileName()),
                dag,
                selected(),
                seconds,
                LongStream.range(firstSeed, firstSeed + seeds).boxed().toList(),
                optimum);
        PrintWriter out = commandLine().getOut();
        if (format == Format.JSON) {
            out.println(new ObjectMapper().writeValueAsString(json(comparison)));
        } else {
            out.print(new PeersReport(comparison).text());
            out.flush();
        }
        if (report != null) {
            write(new PeersReport(comparison), report);
        }
        return 0;
    }

    private CommandLine commandLine() {
        return Objects.requireNonNull(spec, "the command was not started by its command line")
                .commandLine();
    }

    private List<Peer> selected() {
        ClassLoader loader = PeersCommand.class.getClassLoader();
        List<Peer> all = new ArrayList<>();
        ServiceLoader.load(SearchAlgorithm.class, loader).stream()
                .map(ServiceLoader.Provider::get)
                .filter(algorithm -> ALGORITHMS.contains(algorithm.name()))
                .forEach(algorithm -> all.add(new FettleSearch(algorithm)));
        int own = all.size();
        ServiceLoader.load(Peer.class, loader).forEach(all::add);
        if (all.size() == own) {
            commandLine()
                    .getErr()
                    .println(
                            "Only Fettle's own algorithms are in this build; \"mvn -Ppeers package\" adds the others.");
        }
        List<Peer> chosen = all.stream()
                .filter(peer -> systems.isEmpty()
                        || systems.stream()
                                .anyMatch(part ->
                                        peer.name().toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT))))
                .toList();
        if (chosen.isEmpty()) {
            throw new FettleException(
                    ErrorCode.USAGE,
                    "there is no system (" + String.join(", ", systems) + ") in this build; there are "
                            + String.join(", ", all.stream().map(Peer::name).toList()));
        }
        return chosen;
    }

    private static Map<String, Object> json(Comparison comparison) {
        List<Map<String, Object>> list = new ArrayList<>();
        for (Standing standing : comparison.standings()) {
            Map<String, Object> system = new LinkedHashMap<>();
            system.put("system", standing.system());
            system.put("best", standing.medianBest());
            system.put("gap", comparison.gap(standing.medianBest()));
            double speed = standing.evaluationsPerSecond();
            system.put("evaluationsPerSecond", speed > 0 ? Math.round(speed) : null);
            list.add(system);
        }
        Map<String, Object> whole = new LinkedHashMap<>();
        whole.put("systems", list);
        whole.put("reference", comparison.reference());
        whole.put("proved", comparison.proved());
        return whole;
    }

    private static void write(PeersReport report, Path file) {
        boolean html = file.toString().toLowerCase(Locale.ROOT).matches(".*\\.html?");
        try {
            Files.writeString(file, html ? report.html() : report.markdown());
        } catch (IOException e) {
            throw new FettleException(
                    ErrorCode.BAD_INPUT, "(" + file + ") cannot be written: " + e.getMessage() + "; choose another", e);
        }
    }
}
