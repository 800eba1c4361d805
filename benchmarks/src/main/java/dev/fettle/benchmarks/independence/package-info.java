/** Whether what is suggested to run at the same time needs nothing of each other, judged by recorded values. */
@NullMarked
package dev.fettle.benchmarks.independence;

import org.jspecify.annotations.NullMarked;
