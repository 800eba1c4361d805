package dev.fettle.core.estimate;

import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.Workflow;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * A node's place in a block.
 *
 * @param block id of the parallel node
 * @param needs members that must have ended before this one starts
 */
record Membership(String block, Set<String> needs) {
    /** Of all nodes that are in a block, by id. */
    static Map<String, Membership> of(Workflow workflow) {
        Map<String, Membership> memberships = new LinkedHashMap<>();
        for (Node block : workflow.allNodes()) {
            Map<String, Set<String>> writers = new HashMap<>();
            Set<String> earlier = new LinkedHashSet<>();
            Set<String> unknown = new LinkedHashSet<>();
            for (Node member : block.members()) {
                Set<String> needs = new LinkedHashSet<>(member.state().known() ? unknown : earlier);
                for (String key : member.state().reads()) {
                    needs.addAll(writers.getOrDefault(key, Set.of()));
                }
                memberships.put(member.id(), new Membership(block.id(), needs));
                for (String key : member.state().writes()) {
                    writers.computeIfAbsent(key, absent -> new LinkedHashSet<>())
                            .add(member.id());
                }
                earlier.add(member.id());
                if (!member.state().known()) {
                    unknown.add(member.id());
                }
            }
        }
        return memberships;
    }
}
