package dev.fettle.runtime.node;

import dev.fettle.api.execute.Runners;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.runtime.cache.Caches;
import dev.fettle.runtime.cancel.RunThreads;
import dev.fettle.runtime.effect.EffectLog;
import dev.fettle.runtime.model.Models;
import dev.fettle.runtime.process.Processes;
import dev.fettle.runtime.record.TraceRecorder;
import dev.fettle.runtime.settings.RuntimeSettings;
import dev.fettle.runtime.tool.SharedResources;
import java.nio.file.Path;

/** What all nodes of one run share. */
public record RunContext(
        Workflow workflow,
        Path directory,
        Runners runners,
        RuntimeSettings settings,
        TraceRecorder recorder,
        EffectLog effects,
        Caches caches,
        RunThreads threads,
        Processes processes,
        SharedResources resources,
        Models models) {}
