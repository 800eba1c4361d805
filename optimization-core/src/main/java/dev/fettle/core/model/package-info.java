/** The table of known language models: prices, speed, context, capability. */
@NullMarked
package dev.fettle.core.model;

import org.jspecify.annotations.NullMarked;
