/** Running a workflow: node runners, tool runners and the executor. */
@NullMarked
package dev.fettle.api.execute;

import org.jspecify.annotations.NullMarked;
