/** Language models: the offline one and OpenAI-compatible endpoints. */
@NullMarked
package dev.fettle.runtime.model;

import org.jspecify.annotations.NullMarked;
