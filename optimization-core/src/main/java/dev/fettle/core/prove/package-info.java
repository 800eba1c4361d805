/** Proofs that two versions of a workflow compute and do the same, without running them. */
@NullMarked
package dev.fettle.core.prove;

import org.jspecify.annotations.NullMarked;
