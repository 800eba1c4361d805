package dev.fettle.runtime;

import dev.fettle.api.content.RedactionSettings;
import dev.fettle.runtime.settings.Endpoint;
import dev.fettle.runtime.settings.RuntimeSettings;
import dev.fettle.runtime.settings.Unattended;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Settings that differ from the defaults in a few places. */
final class Settings {
    int maxConcurrency = RuntimeSettings.DEFAULT.maxConcurrency();
    Map<String, Endpoint> endpoints = RuntimeSettings.DEFAULT.endpoints();
    boolean shareCaches;
    int keepArgumentBytes = RuntimeSettings.DEFAULT.keepArgumentBytes();
    long maxStateBytes = RuntimeSettings.DEFAULT.maxStateBytes();
    int maxSteps = RuntimeSettings.DEFAULT.maxSteps();
    Unattended unattended = RuntimeSettings.DEFAULT.unattended();
    Duration stopWait = RuntimeSettings.DEFAULT.stopWait();

    @Nullable
    Double maxUsd;

    RedactionSettings redaction = RedactionSettings.DEFAULT;

    private Settings() {}

    static RuntimeSettings with(Consumer<Settings> change) {
        Settings settings = new Settings();
        change.accept(settings);
        return new RuntimeSettings(
                settings.maxConcurrency,
                settings.endpoints,
                RuntimeSettings.DEFAULT.summarySentences(),
                settings.shareCaches,
                settings.keepArgumentBytes,
                RuntimeSettings.DEFAULT.keepErrorOutputBytes(),
                settings.maxStateBytes,
                settings.maxSteps,
                settings.unattended,
                settings.stopWait,
                settings.maxUsd,
                settings.redaction);
    }
}
