/** Recording a run as an execution trace. */
@NullMarked
package dev.fettle.runtime.record;

import org.jspecify.annotations.NullMarked;
