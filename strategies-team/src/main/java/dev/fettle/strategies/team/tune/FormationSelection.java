package dev.fettle.strategies.team.tune;

import com.google.auto.service.AutoService;
import dev.fettle.api.SettingCheck;
import dev.fettle.api.detect.Bottleneck;
import dev.fettle.api.model.ModelCatalogue;
import dev.fettle.api.plan.Source;
import dev.fettle.api.strategy.Amount;
import dev.fettle.api.strategy.ExpectedOutcome;
import dev.fettle.api.strategy.OptimizationStrategy;
import dev.fettle.api.strategy.RiskLevel;
import dev.fettle.api.strategy.StrategyContext;
import dev.fettle.api.strategy.Suggestion;
import dev.fettle.api.trace.TokenUsage;
import dev.fettle.api.workflow.NodeBody.Team.Formation;
import dev.fettle.strategies.team.change.SetFormation;
import dev.fettle.strategies.team.detect.TeamBottlenecks;
import dev.fettle.strategies.team.run.Figure;
import dev.fettle.strategies.team.run.TeamRun;
import dev.fettle.strategies.team.run.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Lets a team work in another formation. The options exclude each other:
 *
 * <pre>
 *   consensus              ──▶ parallel      it took further rounds: each member answers once
 *   sequential             ──▶ pipeline      three or more members: each is told the last answer only, not all
 *   sequential, pipeline   ──▶ parallel      no member's prompt speaks of another: all at once
 *   parallel, consensus    ──▶ sequential    a member's prompt speaks of another, whose answer it cannot know
 * </pre>
 *
 * Never to the formation that the team has. The time is replayed from the recorded turns; that a pipeline tells its
 * members less is estimated from recorded tokens. Risk: medium; the text of the result changes, so compare both first.
 */
@AutoService(OptimizationStrategy.class)
public final class FormationSelection implements OptimizationStrategy {
    private static final Set<String> TYPES = Set.of(
            TeamBottlenecks.FORMATION, TeamBottlenecks.SLOW, TeamBottlenecks.UNRELIABLE, TeamBottlenecks.HANDOFF_LOOP);

    /** Confidence where the prompts, which tell whether members need each other, are not known. */
    private static final double PROMPTS_UNKNOWN = 0.6;

    /**
     * @param minTold least part of input tokens that a pipeline would not tell any more, in [0, 1]
     * @param minRuns with fewer runs nothing is said; at least 1
     */
    public record Settings(double minTold, int minRuns) {
        public Settings {
            SettingCheck.share("minTold", minTold);
            SettingCheck.atLeast("minRuns", minRuns, 1);
        }
    }

    @Override
    public String needs() {
        return "at least 5 recorded runs with turns of all members; prompts, where members could depend on"
                + " each other; a gain of at least 10 %";
    }

    @Override
    public String name() {
        return "team-formation";
    }

    @Override
    public Settings defaultSettings() {
        return new Settings(0.1, 5);
    }

    @Override
    public boolean appliesTo(Bottleneck bottleneck) {
        return TYPES.contains(bottleneck.type());
    }

    @Override
    public List<Suggestion> suggest(StrategyContext context) {
        Settings settings = context.settings(Settings.class);
        List<Suggestion> suggestions = new ArrayList<>();
        for (TunedTeam team : TunedTeam.of(context, settings.minRuns())) {
            References references = new References(team.team());
            int before = suggestions.size();
            switch (team.team().formation()) {
                case CONSENSUS -> {
                    fewerRounds(team, suggestions);
                    inOrder(team, references, suggestions);
                }
                case PARALLEL -> inOrder(team, references, suggestions);
                case SEQUENTIAL -> {
                    atOnce(team, references, suggestions);
                    tellLess(team, references, context.models(), settings, suggestions);
                }
                case PIPELINE -> atOnce(team, references, suggestions);
                case HIERARCHICAL, REFLECTION -> {}
            }
            context.holds(
                    team.id(),
                    suggestions.size() > before,
                    "no other formation than "
                            + team.team().formation().name().toLowerCase(Locale.ROOT)
                            + " fits what its members say of each other, its rounds and what they read");
        }
        return suggestions;
    }

    private void fewerRounds(TunedTeam team, List<Suggestion> suggestions) {
        Figure rounds = Figure.mean(team.history().values(TeamRun::rounds));
        if (rounds.value() > 1) {
            suggestions.add(option(
                    team,
                    Formation.PARALLEL,
                    "its members took " + rounds.words() + " rounds on average to agree; they would answer once",
                    team.confidence(),
                    Amount.UNCHANGED,
                    Source.ASSUMED));
        }
    }

    private void atOnce(TunedTeam team, References references, List<Suggestion> suggestions) {
        Figure work = Figure.mean(team.history().values(TeamRun::work));
        Figure longest = Figure.mean(team.history().values(TeamRun::longestFirstTurn));
        if (team.team().members().size() > 1
                && references.independent()
                && team.has(TeamBottlenecks.FORMATION)
                && longest.value() > 0) {
            String needs = references.known()
                    ? "no member's prompt speaks of another"
                    : "whether members need each other's answers is not known";
            suggestions.add(option(
                    team,
                    Formation.PARALLEL,
                    needs + ", and the turns of " + Figure.seconds(work.value()) + " in sum take "
                            + Figure.seconds(longest.value()) + " at once",
                    references.known() ? team.confidence() : Math.min(PROMPTS_UNKNOWN, team.confidence()),
                    Amount.UNCHANGED,
                    Source.ASSUMED));
        }
    }

    private void inOrder(TunedTeam team, References references, List<Suggestion> suggestions) {
        if (!references.found().isEmpty() && team.has(TeamBottlenecks.UNRELIABLE)) {
            suggestions.add(option(
                    team,
                    Formation.SEQUENTIAL,
                    String.join("; ", references.found()) + ", whose answer it cannot know in this formation",
                    team.confidence(),
                    Amount.UNCHANGED,
                    Source.ASSUMED));
        }
    }

    private void tellLess(
            TunedTeam team,
            References references,
            ModelCatalogue models,
            Settings settings,
            List<Suggestion> suggestions) {
        List<Double> saved = new ArrayList<>();
        double told = 0;
        double input = 0;
        for (TeamRun run : team.history().runs()) {
            double notTold = notTold(run);
            told += notTold;
            input += run.tokens().input();
            double usd = usd(run, models);
            if (usd > 0) {
                saved.add(Math.min(1, usdOfInput(run, notTold, models) / usd));
            }
        }
        if (team.team().members().size() >= 3
                && references.onlyNeighbours()
                && input > 0
                && told / input >= settings.minTold()) {
            Figure part =
                    Figure.mean(saved.stream().mapToDouble(Double::doubleValue).toArray());
            Amount usd = part.n() == 0
                    ? Amount.UNCHANGED
                    : Amount.factor(
                            1 - part.value(), Math.max(0, 1 - part.high()), Math.min(1, Math.max(0, 1 - part.low())));
            suggestions.add(option(
                    team,
                    Formation.PIPELINE,
                    "of the tokens that its members read, " + Figure.percent(told / input)
                            + " are answers before the last, which a pipeline does not pass on",
                    references.known() ? team.confidence() : Math.min(PROMPTS_UNKNOWN, team.confidence()),
                    usd,
                    part.n() == 0 ? Source.ASSUMED : Source.ESTIMATED));
        }
    }

    /** Tokens of answers before the last one, told to each later member with each of its model calls. */
    private static double notTold(TeamRun run) {
        double tokens = 0;
        double older = 0;
        double last = 0;
        for (Turn turn : run.turns()) {
            tokens += older * turn.modelCalls().size();
            older += last;
            last = turn.answerTokens();
        }
        return tokens;
    }

    private static double usd(TeamRun run, ModelCatalogue models) {
        double usd = 0;
        for (Turn turn : run.turns()) {
            for (var call : turn.modelCalls()) {
                usd += call.model() == null
                        ? 0
                        : models.usd(call.model(), call.tokens()).orElse(0);
            }
        }
        return usd;
    }

    private static double usdOfInput(TeamRun run, double tokens, ModelCatalogue models) {
        TokenUsage input = new TokenUsage(Math.round(tokens), 0, 0);
        for (Turn turn : run.turns()) {
            for (var call : turn.modelCalls()) {
                if (call.model() != null && models.usd(call.model(), input).isPresent()) {
                    return models.usd(call.model(), input).orElse(0);
                }
            }
        }
        return 0;
    }

    private Suggestion option(TunedTeam team, Formation to, String why, double confidence, Amount usd, Source source) {
        String word = to.name().toLowerCase(Locale.ROOT);
        String from = team.team().formation().name().toLowerCase(Locale.ROOT);
        ExpectedOutcome outcome = team.outcome(
                usd,
                source,
                "'" + team.id() + "' in the formation " + word
                        + (usd.equals(Amount.UNCHANGED) ? "" : ": cost from the recorded tokens of answers")
                        + "; the result is taken to be as good");
        return team.suggestion(
                name(),
                word,
                "change_formation",
                RiskLevel.MEDIUM,
                "'" + team.id() + "' works " + word + " instead of " + from + ": " + why,
                team.evidence(why),
                List.of(new SetFormation(team.id(), to)),
                List.of(outcome),
                confidence);
    }
}
