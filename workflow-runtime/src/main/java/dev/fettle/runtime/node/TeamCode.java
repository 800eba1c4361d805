package dev.fettle.runtime.node;

import dev.fettle.api.trace.Status;
import dev.fettle.api.workflow.AgentParameters;
import dev.fettle.api.workflow.NodeBody.Team;
import dev.fettle.api.workflow.NodeBody.Team.Member;
import dev.fettle.api.workflow.NodeKind;
import dev.fettle.runtime.agent.AgentTask;
import dev.fettle.runtime.cancel.CancelReason;
import dev.fettle.runtime.cancel.CancelScope;
import dev.fettle.runtime.model.Prompts;
import dev.fettle.runtime.record.OpenOccurrence;
import dev.fettle.runtime.team.Formations;
import dev.fettle.runtime.team.Turns;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Agents that work together. Each turn of a member is an occurrence inside the team's, and has the member's model and tool
 * calls. The tool budget of a member is for all its turns in one run of the node.
 */
final class TeamCode implements NodeCode {
    private final Team team;

    TeamCode(Team team) {
        this.team = team;
    }

    @Override
    public Map<String, @Nullable Object> run(Attempt attempt) throws Exception {
        return NodeCodes.single(attempt, Formations.play(team, new Meeting(attempt)));
    }

    /** One run of the team. */
    private static final class Meeting implements Turns {
        private final Attempt attempt;
        private final Map<String, AtomicInteger> toolCalls = new LinkedHashMap<>();

        Meeting(Attempt attempt) {
            this.attempt = attempt;
        }

        @Override
        public String ask(Member member, String addition) throws Exception {
            return turn(new Question(member, addition), attempt.scope());
        }

        /** The members wait in line for the run's workers; this thread is none of them. */
        @Override
        public List<String> askAll(List<Question> questions) throws Exception {
            List<CompletableFuture<String>> answers = new ArrayList<>();
            try (CancelScope together = attempt.scope().child(() -> {})) {
                for (Question question : questions) {
                    CompletableFuture<String> answer = new CompletableFuture<>();
                    attempt.run().threads().workers().execute(() -> perform(question, together, answer));
                    answers.add(answer);
                }
                return collect(answers);
            }
        }

        private void perform(Question question, CancelScope together, CompletableFuture<String> answer) {
            Thread thread = Thread.currentThread();
            CancelScope scope = together.child(thread::interrupt);
            try {
                if (scope.cancelled()) {
                    throw new InterruptedException("it was cancelled before it started");
                }
                answer.complete(turn(question, scope));
            } catch (Throwable e) {
                // However a turn that was stopped says so, it is not what went wrong.
                answer.completeExceptionally(
                        scope.cancelled() ? new InterruptedException("it was stopped with its team") : e);
                together.cancel(new CancelReason(CancelReason.Kind.FAILURE, "another member of the team failed"));
            } finally {
                scope.close();
                // The interrupt was meant for this turn; the thread goes on to other work.
                var unused = Thread.interrupted();
            }
        }

        /** Waits for all, also where one fails: nothing of the team outlives it. */
        private static List<String> collect(List<CompletableFuture<String>> answers) throws Exception {
            List<String> collected = new ArrayList<>();
            Throwable first = null;
            boolean interrupted = false;
            for (CompletableFuture<String> answer : answers) {
                while (true) {
                    try {
                        collected.add(answer.get());
                        break;
                    } catch (InterruptedException e) {
                        interrupted = true;
                    } catch (ExecutionException e) {
                        boolean stopped = e.getCause() instanceof InterruptedException;
                        first = first == null || (first instanceof InterruptedException && !stopped)
                                ? e.getCause()
                                : first;
                        break;
                    }
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            if (first instanceof Exception exception) {
                throw exception;
            }
            if (first != null) {
                throw new IllegalStateException("a member of the team failed: " + first, first);
            }
            return collected;
        }

        private String turn(Question question, CancelScope scope) throws Exception {
            Member member = question.member();
            String own = Prompts.fill(member.prompt(), attempt.node().state(), attempt.state());
            String prompt = own.isEmpty() || question.addition().isEmpty()
                    ? own + question.addition()
                    : own + "\n\n" + question.addition();
            AtomicInteger used = used(member);
            Integer budget = member.toolBudget() == null ? null : Math.max(0, member.toolBudget() - used.get());
            AgentTask task = new AgentTask(
                    Objects.requireNonNull(member.model()),
                    member.role().isEmpty() ? null : member.role(),
                    prompt,
                    attempt.tools(member.tools()),
                    AgentParameters.of(attempt.parameters()),
                    budget);
            OpenOccurrence occurrence = attempt.run()
                    .recorder()
                    .begin(
                            attempt.run().path(attempt.node()) + "/" + member.id(),
                            NodeKind.AGENT,
                            attempt.occurrence());
            try {
                var answer = attempt.within(occurrence, scope).agent().run(task);
                used.addAndGet(answer.toolCalls());
                occurrence.end(Status.OK, null, occurrence.elapsed());
                return answer.text();
            } catch (Throwable e) {
                boolean stopped = scope.cancelled();
                occurrence.end(
                        stopped ? Status.CANCELLED : Status.ERROR,
                        stopped ? null : e.getClass().getSimpleName(),
                        occurrence.elapsed());
                throw e;
            }
        }

        private AtomicInteger used(Member member) {
            synchronized (toolCalls) {
                return toolCalls.computeIfAbsent(member.id(), id -> new AtomicInteger());
            }
        }
    }
}
