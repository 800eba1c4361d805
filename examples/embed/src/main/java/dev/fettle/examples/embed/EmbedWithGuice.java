package dev.fettle.examples.embed;

import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.multibindings.Multibinder;
import dev.fettle.api.strategy.OptimizationStrategy;
import dev.fettle.core.definition.Configuration;
import dev.fettle.core.optimize.OptimizationModule;
import dev.fettle.core.optimize.WorkflowOptimizer;

/** An optimizer in a program that is wired with Guice, and that brings strategies of its own. */
public final class EmbedWithGuice {
    private EmbedWithGuice() {}

    static WorkflowOptimizer optimizer(Class<? extends OptimizationStrategy> strategy) {
        Injector injector = Guice.createInjector(
                new OptimizationModule(Configuration.DEFAULT, EmbedWithGuice.class.getClassLoader()),
                new AbstractModule() {
                    @Override
                    protected void configure() {
                        Multibinder.newSetBinder(binder(), OptimizationStrategy.class)
                                .addBinding()
                                .to(strategy);
                    }
                });
        return injector.getInstance(WorkflowOptimizer.class);
    }
}
