package io.millrace.trainer.answering;

import io.millrace.proto.control.v1.CommandResult;
import io.millrace.proto.events.v1.TrainingEvent;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Passes the answers to commands from the training thread to the callers that wait for them. Safe
 * for any thread.
 */
public final class CommandAnswers implements Consumer<TrainingEvent> {
  private final Map<String, CompletableFuture<CommandResult>> waiting = new ConcurrentHashMap<>();

  /**
   * Returns a future that completes once the command of that id is answered, or fails after {@code
   * patienceSeconds}.
   */
  CompletableFuture<CommandResult> of(String id, long patienceSeconds) {
    CompletableFuture<CommandResult> answer =
        waiting.computeIfAbsent(id, unknown -> new CompletableFuture<>());
    return answer
        .copy()
        .orTimeout(patienceSeconds, TimeUnit.SECONDS)
        .whenComplete((result, failure) -> waiting.remove(id, answer));
  }

  /** Takes an event that has become visible. */
  @Override
  public void accept(TrainingEvent event) {
    if (event.hasCommandDone()) {
      answer(event.getCommandDone().getId(), CommandResult.newBuilder().setAccepted(true));
    } else if (event.hasCommandRefused()) {
      answer(
          event.getCommandRefused().getId(),
          CommandResult.newBuilder().setReason(event.getCommandRefused().getReason()));
    }
  }

  private void answer(String id, CommandResult.Builder result) {
    CompletableFuture<CommandResult> waits = waiting.remove(id);
    if (waits != null) {
      waits.complete(result.build());
    }
  }
}
