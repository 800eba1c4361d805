/** Sample and random workflows, and a simulator that runs them on symbolic values. */
@NullMarked
package dev.fettle.testkit.workflow;

import org.jspecify.annotations.NullMarked;
