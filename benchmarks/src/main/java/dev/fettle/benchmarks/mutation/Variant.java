package dev.fettle.benchmarks.mutation;

import dev.fettle.api.workflow.Workflow;

/**
 * A version of a workflow.
 *
 * @param kind of the fault that was planted, or of the rewrite
 * @param what was done, for a person
 */
record Variant(String kind, String what, Workflow workflow) {}
