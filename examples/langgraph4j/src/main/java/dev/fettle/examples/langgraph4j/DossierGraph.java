package dev.fettle.examples.langgraph4j;

import static org.bsc.langgraph4j.action.AsyncNodeAction.node_async;

import dev.fettle.api.workflow.Effects;
import dev.fettle.runtime.langgraph4j.Declarations;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.bsc.langgraph4j.GraphStateException;
import org.bsc.langgraph4j.StateGraph;
import org.bsc.langgraph4j.state.AgentState;

/**
 * A dossier of a text, as somebody wrote it who thought of one step after the other: words, repeated passages and sentences
 * that resemble each other are counted in a row, though none needs the other, and the letters are counted for nobody.
 */
final class DossierGraph {
    private static final Pattern WORD = Pattern.compile("\\p{L}+");
    private static final int PASSAGE = 40;

    private DossierGraph() {}

    static StateGraph<AgentState> graph() throws GraphStateException {
        return new StateGraph<>(AgentState::new)
                .addNode(
                        "clean",
                        node_async(state -> Map.of("clean", text(state, "text").strip())))
                .addNode("words", node_async(state -> Map.of("words", frequentWords(text(state, "clean")))))
                .addNode("passages", node_async(state -> Map.of("passages", repeatedPassages(text(state, "clean")))))
                .addNode("letters", node_async(state -> Map.of("letters", letters(text(state, "clean")))))
                .addNode("lines", node_async(state -> Map.of("lines", similarLines(text(state, "clean")))))
                .addNode("dossier", node_async(state -> Map.of("dossier", dossier(state))))
                .addEdge(StateGraph.START, "clean")
                .addEdge("clean", "words")
                .addEdge("words", "passages")
                .addEdge("passages", "letters")
                .addEdge("letters", "lines")
                .addEdge("lines", "dossier")
                .addEdge("dossier", StateGraph.END);
    }

    /** What the graph itself does not say: what its nodes read and write, and that they do nothing outside. */
    static Declarations declarations() {
        return Declarations.NONE
                .node("clean", List.of("text"), List.of("clean"), Effects.NONE)
                .node("words", List.of("clean"), List.of("words"), Effects.NONE)
                .node("passages", List.of("clean"), List.of("passages"), Effects.NONE)
                .node("letters", List.of("clean"), List.of("letters"), Effects.NONE)
                .node("lines", List.of("clean"), List.of("lines"), Effects.NONE)
                .node("dossier", List.of("words", "passages", "lines"), List.of("dossier"), Effects.NONE)
                .outputs(List.of("dossier"));
    }

    private static String text(AgentState state, String key) {
        return state.<String>value(key).orElse("");
    }

    private static String dossier(AgentState state) {
        return "words: " + text(state, "words") + "\nrepeated passages: " + text(state, "passages")
                + "\nlines like another: " + text(state, "lines");
    }

    private static String frequentWords(String text) {
        Map<String, Long> counts = WORD.matcher(text)
                .results()
                .map(MatchResult::group)
                .collect(Collectors.groupingBy(word -> word, TreeMap::new, Collectors.counting()));
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(5)
                .map(Object::toString)
                .collect(Collectors.joining(", "));
    }

    private static String repeatedPassages(String text) {
        Map<String, Integer> seen = new TreeMap<>();
        for (int i = 0; i + PASSAGE <= text.length(); i++) {
            seen.merge(text.substring(i, i + PASSAGE), 1, Integer::sum);
        }
        return String.valueOf(seen.values().stream().filter(count -> count > 1).count());
    }

    private static String letters(String text) {
        Map<Character, Integer> counts = new TreeMap<>();
        for (int i = 0; i < text.length(); i++) {
            counts.merge(text.charAt(i), 1, Integer::sum);
        }
        return counts.toString();
    }

    /** How many lines share most of their words with another one. */
    private static String similarLines(String text) {
        List<List<String>> lines = text.lines()
                .map(line ->
                        WORD.matcher(line).results().map(MatchResult::group).toList())
                .filter(words -> words.size() > 2)
                .toList();
        long similar = lines.stream()
                .filter(line -> lines.stream().anyMatch(other -> other != line && shared(line, other) > 0.8))
                .count();
        return String.valueOf(similar);
    }

    private static double shared(List<String> line, List<String> other) {
        return (double) line.stream().filter(other::contains).count() / line.size();
    }
}
