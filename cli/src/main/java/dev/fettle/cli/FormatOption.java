package dev.fettle.cli;

import picocli.CommandLine.Option;

/** How results are given, for commands that write no files of their own choice. */
final class FormatOption {
    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "On standard output: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    OutputOptions.Format format = OutputOptions.Format.TEXT;
}
