package dev.fettle.cli;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fettle.api.FettleException;
import dev.fettle.api.Plugin;
import dev.fettle.api.detect.BottleneckDetector;
import dev.fettle.api.search.SearchAlgorithm;
import dev.fettle.api.strategy.OptimizationStrategy;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Settings that make no sense are refused at start-up, by name. */
class SettingsTest {
    /** Numbers that may be above 1 although they are not by default: weights, factors, temperatures and times. */
    private static final Set<String> UNBOUNDED = Set.of(
            "costWeight",
            "speedWeight",
            "successWeight",
            "margin",
            "minSeconds",
            "startTemperature",
            "start",
            "mutation",
            "entropy",
            "reheat",
            "confidence");

    /** A setting with a value that makes no sense. */
    record Silly(Plugin plugin, RecordComponent setting, Object value) {
        @Override
        public String toString() {
            return plugin.name() + "." + setting.getName() + "=" + value;
        }
    }

    static List<Silly> sillySettings() {
        List<Silly> silly = new ArrayList<>();
        Stream.of(OptimizationStrategy.class, BottleneckDetector.class, SearchAlgorithm.class)
                .flatMap(kind -> ServiceLoader.load(kind).stream())
                .map(provider -> (Plugin) provider.get())
                .forEach(plugin -> addTo(silly, plugin));
        return silly;
    }

    private static void addTo(List<Silly> silly, Plugin plugin) {
        for (RecordComponent setting : plugin.defaultSettings().getClass().getRecordComponents()) {
            Class<?> type = setting.getType();
            if (type == int.class) {
                silly.add(new Silly(plugin, setting, -1));
            } else if (type == long.class) {
                silly.add(new Silly(plugin, setting, -1L));
            } else if (type == double.class) {
                silly.add(new Silly(plugin, setting, -0.5));
                silly.add(new Silly(plugin, setting, Double.NaN));
                silly.add(new Silly(plugin, setting, Double.POSITIVE_INFINITY));
                double usual = (double) value(plugin.defaultSettings(), setting);
                if (usual <= 1 && !UNBOUNDED.contains(setting.getName())) {
                    silly.add(new Silly(plugin, setting, 1.5));
                }
            }
        }
    }

    private static Object value(Record settings, RecordComponent setting) {
        try {
            setting.getAccessor().setAccessible(true);
            return setting.getAccessor().invoke(settings);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(setting.getName(), e);
        }
    }

    @ParameterizedTest
    @MethodSource("sillySettings")
    void isRefusedByName(Silly silly) {
        assertThatThrownBy(() -> with(silly, silly.value()))
                .isInstanceOf(FettleException.class)
                .hasMessageContaining(silly.setting().getName())
                .hasMessageContaining("(" + silly.value() + ")")
                .hasMessageContaining("expected");
    }

    @ParameterizedTest
    @MethodSource("sillySettings")
    void theDefaultIsTaken(Silly silly) {
        assertThatCode(() -> with(silly, value(silly.plugin().defaultSettings(), silly.setting())))
                .doesNotThrowAnyException();
    }

    /** The plugin's default settings with another value in one place. */
    private static void with(Silly silly, Object value) throws Throwable {
        Record defaults = silly.plugin().defaultSettings();
        RecordComponent[] settings = defaults.getClass().getRecordComponents();
        Class<?>[] types = new Class<?>[settings.length];
        Object[] values = new Object[settings.length];
        for (int i = 0; i < settings.length; i++) {
            types[i] = settings[i].getType();
            values[i] = settings[i].getName().equals(silly.setting().getName()) ? value : value(defaults, settings[i]);
        }
        Constructor<?> constructor = defaults.getClass().getDeclaredConstructor(types);
        constructor.setAccessible(true);
        try {
            constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
