/** A language model that works with tools until it answers or a limit ends it. */
@NullMarked
package dev.fettle.runtime.agent;

import org.jspecify.annotations.NullMarked;
