/** Reinforcement learning: a policy that proposes candidates, trained by proximal policy optimization. */
@NullMarked
package dev.fettle.search.ppo;

import org.jspecify.annotations.NullMarked;
