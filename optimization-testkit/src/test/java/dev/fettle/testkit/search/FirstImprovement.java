package dev.fettle.testkit.search;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.SettingCheck;
import dev.fettle.api.search.CandidateEvaluator;
import dev.fettle.api.search.Decision;
import dev.fettle.api.search.SearchAlgorithm;
import dev.fettle.api.search.SearchContext;
import dev.fettle.api.search.SearchProblem;
import dev.fettle.api.search.SearchResult;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The example of the documentation: takes any improvement that chance meets, and shakes the best where none comes. */
public final class FirstImprovement implements SearchAlgorithm {
    private static final Pattern STATE =
            Pattern.compile("\\{\"algorithm\":\"first-improvement\",\"best\":\\[([0-9,]*)]}");

    /** @param patience moves without an improvement, for each decision, before a shake; at least 1 */
    public record Settings(int patience) {
        public Settings {
            SettingCheck.atLeast("patience", patience, 1);
        }
    }

    @Override
    public String name() {
        return "first-improvement";
    }

    @Override
    public Settings defaultSettings() {
        return new Settings(10);
    }

    @Override
    public SearchResult search(SearchProblem problem, SearchContext context) {
        List<Decision> decisions = problem.decisions();
        int[] open = IntStream.range(0, decisions.size())
                .filter(decision -> decisions.get(decision).options() > 1)
                .toArray();
        CandidateEvaluator evaluator = problem.newEvaluator(); // placed at the baseline, which costs no evaluation
        int[] best = problem.baseline();
        double bestScore = evaluator.score();
        long evaluations = 0;
        if (context.resumeFrom().isPresent()) {
            best = best(context.resumeFrom().get(), decisions);
            bestScore = evaluator.reset(best);
            evaluations++;
        }
        RandomGenerator random = context.random();
        int patience = context.settings(Settings.class).patience() * open.length;
        int stuck = 0;
        double score = bestScore;
        while (open.length > 0
                && evaluations < context.budget().maxEvaluations()
                && context.mayContinue(evaluations, bestScore)) {
            int decision = open[random.nextInt(open.length)];
            int option = other(decisions.get(decision), evaluator.option(decision), random);
            evaluations++;
            if (stuck++ > patience) { // a shake: from the best, one decision anywhere
                int[] shaken = best.clone();
                shaken[decision] = option;
                score = evaluator.reset(shaken);
                stuck = 0;
            } else if (evaluator.scoreWith(decision, option, score) < score) {
                score = evaluator.apply(decision, option);
                stuck = 0;
            }
            if (score < bestScore) {
                bestScore = score;
                best = candidate(evaluator, decisions.size());
            }
        }
        evaluator.reset(best);
        var front = List.of(new SearchResult.FrontPoint(best, evaluator.objectives()));
        return new SearchResult(best, bestScore, evaluations, front, "the budget is used up", state(best));
    }

    /** Another option of a decision; of numbers, mostly one that is near. */
    private static int other(Decision decision, int current, RandomGenerator random) {
        int reach = decision.options() - 1;
        if (decision.kind() != Decision.Kind.CHOICE) {
            reach = Math.max(1, (int) Math.pow(reach, random.nextDouble()));
        }
        int option = current + (random.nextBoolean() ? 1 : -1) * (1 + random.nextInt(reach));
        return Math.floorMod(option, decision.options()) == current
                ? (current + 1) % decision.options()
                : Math.floorMod(option, decision.options());
    }

    private static int[] candidate(CandidateEvaluator evaluator, int size) {
        return IntStream.range(0, size).map(evaluator::option).toArray();
    }

    private static String state(int[] best) {
        return "{\"algorithm\":\"first-improvement\",\"best\":["
                + Arrays.stream(best).mapToObj(String::valueOf).collect(Collectors.joining(",")) + "]}";
    }

    /** A state may come from a file, so it is checked. */
    private static int[] best(String state, List<Decision> decisions) {
        Matcher matcher = STATE.matcher(state);
        int[] best = matcher.matches() && !matcher.group(1).isEmpty()
                ? Arrays.stream(matcher.group(1).split(","))
                        .mapToInt(Integer::parseInt)
                        .toArray()
                : new int[0];
        boolean fits = matcher.matches()
                && best.length == decisions.size()
                && IntStream.range(0, best.length)
                        .allMatch(i -> best[i] < decisions.get(i).options());
        if (!fits) {
            throw new FettleException(
                    ErrorCode.BAD_INPUT,
                    "the state (" + state + ") is not of this algorithm and problem; start without");
        }
        return best;
    }
}
