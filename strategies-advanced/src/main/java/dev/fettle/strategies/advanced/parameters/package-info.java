/** Limits, retries and sampling of nodes. */
@NullMarked
package dev.fettle.strategies.advanced.parameters;

import org.jspecify.annotations.NullMarked;
