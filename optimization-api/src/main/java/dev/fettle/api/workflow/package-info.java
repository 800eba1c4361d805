/** A workflow as an immutable value: nodes, edges, tools, and the state keys that nodes read and write. */
@NullMarked
package dev.fettle.api.workflow;

import org.jspecify.annotations.NullMarked;
