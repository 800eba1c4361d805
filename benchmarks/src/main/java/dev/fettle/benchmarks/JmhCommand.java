package dev.fettle.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.openjdk.jmh.Main;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** Hands over to the command line of JMH. */
@Command(name = "jmh", description = "Runs micro-benchmarks; takes the arguments of JMH (-h lists them).")
final class JmhCommand implements Callable<Integer> {
    @Unmatched
    private List<String> options = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        Main.main(options.toArray(String[]::new));
        return 0;
    }
}
