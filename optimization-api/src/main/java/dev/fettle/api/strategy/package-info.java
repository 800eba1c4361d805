/** Suggestions and the strategies that make them. */
@NullMarked
package dev.fettle.api.strategy;

import org.jspecify.annotations.NullMarked;
