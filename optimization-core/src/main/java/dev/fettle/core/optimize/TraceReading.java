package dev.fettle.core.optimize;

import dev.fettle.api.ingest.TraceReader;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.core.plugin.PluginKind;
import dev.fettle.core.plugin.Plugins;
import dev.fettle.core.read.BoundReader;
import dev.fettle.core.read.ReadProgress;
import dev.fettle.core.read.ReadSettings;
import dev.fettle.core.read.ReadSummary;
import dev.fettle.core.read.TraceSources;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** Reads traces with the installed readers. */
public final class TraceReading {
    private final Plugins plugins;

    @Inject
    TraceReading(Plugins plugins) {
        this.plugins = plugins;
    }

    /** Hands every trace of the files and folders to the consumer; what is not usable is in the summary. */
    public ReadSummary read(List<Path> sources, ProgressListener progress, Consumer<ExecutionTrace> consumer) {
        List<BoundReader> readers = plugins.of(PluginKind.READER).stream()
                .map(plugin -> new BoundReader((TraceReader) plugin.plugin(), plugin.settings()))
                .toList();
        ReadProgress bytes = progress::advanced;
        return TraceSources.read(sources, readers, ReadSettings.DEFAULT, bytes, consumer);
    }
}
