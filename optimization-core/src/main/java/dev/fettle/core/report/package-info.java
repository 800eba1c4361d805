/** What a person or a program gets to see of an analysis: a terminal summary, JSON, and one self-contained HTML page. */
@NullMarked
package dev.fettle.core.report;

import org.jspecify.annotations.NullMarked;
