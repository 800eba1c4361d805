package dev.fettle.runtime.team;

import dev.fettle.api.workflow.NodeBody.Team;
import dev.fettle.api.workflow.NodeBody.Team.Member;
import dev.fettle.runtime.team.Turns.Question;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The formations of teams. In all of them a member is asked with its own prompt first, and what others said is added.
 *
 * <ul>
 *   <li>sequential: one after the other, each knows all answers before; the last answer is the result.
 *   <li>pipeline: one after the other, each gets the answer before; the last answer is the result.
 *   <li>parallel: all at once; the result is all answers under the members' ids.
 *   <li>hierarchical: the first leads. It gives tasks, the others work on them at once, it makes the result of their
 *       answers or gives tasks again. Members of one group work one after the other, and know what the group said before.
 *   <li>consensus: all answer at once and see each other's answers, until all say the same; else the answer that most gave
 *       in the last round, the first of them by the order of members.
 *   <li>reflection: the first writes, the others review at once, the first revises, until all reviewers approve. A team of
 *       one reviews itself.
 * </ul>
 */
public final class Formations {
    /** A lead's answer that begins with this gives tasks again. */
    static final String CONTINUE = "CONTINUE";

    /** A reviewer's answer that begins with this asks for nothing. */
    static final String APPROVED = "APPROVED";

    private final Team team;
    private final List<Member> members;
    private final Turns turns;

    private Formations(Team team, Turns turns) {
        this.team = team;
        this.members = team.members();
        this.turns = turns;
    }

    /** The result of the team. */
    public static String play(Team team, Turns turns) throws Exception {
        Formations formations = new Formations(team, turns);
        return switch (team.formation()) {
            case SEQUENTIAL -> formations.sequential();
            case PIPELINE -> formations.pipeline();
            case PARALLEL -> formations.parallel();
            case HIERARCHICAL -> formations.hierarchical();
            case CONSENSUS -> formations.consensus();
            case REFLECTION -> formations.reflection();
        };
    }

    private String sequential() throws Exception {
        Map<Member, String> answers = new LinkedHashMap<>();
        String last = "";
        for (Member member : members) {
            last = turns.ask(member, said(answers));
            answers.put(member, last);
        }
        return last;
    }

    private String pipeline() throws Exception {
        String last = turns.ask(members.get(0), "");
        for (Member member : members.subList(1, members.size())) {
            last = turns.ask(member, "Input:\n" + last);
        }
        return last;
    }

    private String parallel() throws Exception {
        return said(all(members, ""));
    }

    private String hierarchical() throws Exception {
        Member lead = members.get(0);
        List<Member> workers = members.subList(1, members.size());
        StringBuilder roster = new StringBuilder("You lead a team. Its members:");
        workers.forEach(
                worker -> roster.append("\n- ").append(worker.id()).append(": ").append(worker.role()));
        String plan =
                turns.ask(lead, roster + "\nGive each a task, one line each: the member's id, a colon, the task.");
        for (int round = 1; ; round++) {
            String answers = said(work(lead, plan));
            boolean last = round >= team.maxRounds();
            String choice = last
                    ? "Give the result."
                    : "Give the result; or begin with " + CONTINUE + " and give each a further task, as before.";
            plan = turns.ask(lead, answers + "\n\n" + choice);
            if (last || !plan.strip().startsWith(CONTINUE)) {
                return plan;
            }
        }
    }

    /** The answers of all workers, in the order of the team. */
    private Map<Member, String> work(Member lead, String plan) throws Exception {
        Map<Member, String> answers = new HashMap<>();
        for (List<Member> wave : team.waves()) {
            List<Question> questions = new ArrayList<>();
            for (Member worker : wave) {
                Map<Member, String> before = new LinkedHashMap<>();
                members.stream()
                        .filter(other ->
                                worker.group() != null && worker.group().equals(other.group()))
                        .filter(answers::containsKey)
                        .forEach(other -> before.put(other, answers.getOrDefault(other, "")));
                String task = "Your task from " + lead.id() + ":\n" + task(worker, plan);
                questions.add(new Question(worker, before.isEmpty() ? task : task + "\n\n" + said(before)));
            }
            answers.putAll(answers(questions));
        }
        Map<Member, String> ordered = new LinkedHashMap<>();
        members.stream()
                .filter(answers::containsKey)
                .forEach(worker -> ordered.put(worker, answers.getOrDefault(worker, "")));
        return ordered;
    }

    /** The line of the plan for the worker; the whole plan where there is none. */
    private static String task(Member worker, String plan) {
        return plan.lines()
                .map(line -> line.replaceFirst("^[\\s*\\-]+", ""))
                .filter(line -> line.startsWith(worker.id() + ":"))
                .map(line -> line.substring(worker.id().length() + 1).strip())
                .findFirst()
                .orElse(plan);
    }

    private String consensus() throws Exception {
        Map<Member, String> answers = all(members, "");
        for (int round = 1; round < team.maxRounds() && votes(answers).size() > 1; round++) {
            answers = all(
                    members,
                    said(answers)
                            + "\n\nThe members disagree. Give the answer that you hold for right, and nothing else.");
        }
        Map<String, Integer> votes = votes(answers);
        int most = votes.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        return answers.values().stream()
                .filter(answer -> votes.getOrDefault(normal(answer), 0) == most)
                .findFirst()
                .orElse("");
    }

    /** How many gave each answer; case and white space do not count. */
    private static Map<String, Integer> votes(Map<Member, String> answers) {
        Map<String, Integer> votes = new HashMap<>();
        answers.values().forEach(answer -> votes.merge(normal(answer), 1, Integer::sum));
        return votes;
    }

    private static String normal(String answer) {
        return answer.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
    }

    private String reflection() throws Exception {
        Member author = members.get(0);
        List<Member> reviewers = members.size() == 1 ? members : members.subList(1, members.size());
        String text = turns.ask(author, "");
        for (int round = 1; round <= team.maxRounds(); round++) {
            Map<Member, String> reviews = all(
                    reviewers,
                    "Review this:\n" + text + "\n\nAnswer " + APPROVED + " if it is right, else say what to mend.");
            boolean approved = reviews.values().stream()
                    .allMatch(review -> review.strip().toUpperCase(Locale.ROOT).startsWith(APPROVED));
            if (approved) {
                return text;
            }
            text = turns.ask(author, "Your text:\n" + text + "\n\n" + said(reviews) + "\n\nGive the text, mended.");
        }
        return text;
    }

    private Map<Member, String> all(List<Member> asked, String addition) throws Exception {
        return answers(
                asked.stream().map(member -> new Question(member, addition)).toList());
    }

    private Map<Member, String> answers(List<Question> questions) throws Exception {
        List<String> given = turns.askAll(questions);
        Map<Member, String> answers = new LinkedHashMap<>();
        for (int i = 0; i < questions.size(); i++) {
            answers.put(questions.get(i).member(), given.get(i));
        }
        return answers;
    }

    private static String said(Map<Member, String> answers) {
        StringBuilder text = new StringBuilder();
        answers.forEach((member, answer) -> text.append(text.isEmpty() ? "" : "\n\n")
                .append(member.id())
                .append(":\n")
                .append(answer));
        return text.toString();
    }
}
