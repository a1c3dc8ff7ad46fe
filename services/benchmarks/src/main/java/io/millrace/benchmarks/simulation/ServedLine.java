package io.millrace.benchmarks.simulation;

import io.millrace.checkpoints.Snapshot;
import io.millrace.checkpoints.manifest.Champion;
import io.millrace.checkpoints.manifest.StoredCounts;
import io.millrace.learning.champion.Gate.Mode;
import io.millrace.learning.state.State;
import io.millrace.proto.control.v1.Command;
import io.millrace.proto.events.v1.Comparison;
import io.millrace.proto.events.v1.TrainingEvent;
import java.util.function.LongFunction;

/** Checks every change of the served checkpoint: it needs a command or evidence in the records. */
final class ServedLine {
  private static final double PROMOTION = 1.64;
  private static final double ROLLBACK = -3;
  private static final int FEWEST_TRAINED = 32;

  private final ServedModels models;
  private final int[] heldOut;
  private Mode mode = Mode.FOLLOWING;
  private long champion;
  private int championSince;
  private int challengeSince;
  private long chosen;
  private long promoted;
  private long rolledBack;

  /**
   * @param heldOut the held-out records, in order
   */
  ServedLine(ServedModels models, int[] heldOut) {
    this.models = models;
    this.heldOut = heldOut;
  }

  /**
   * A decision on the served version.
   *
   * @param version the version of the checkpoint being written
   * @param newer its content
   * @param weights the weights of retained versions
   * @param heldOut the number of held-out records
   * @param rewinding whether a rewind is in progress
   * @param command the executed command; without a case if there was none
   */
  record Decision(
      long version,
      Snapshot newer,
      LongFunction<State> weights,
      int heldOut,
      boolean rewinding,
      Command command) {}

  /** Begins a challenge: newer weights are evaluated on the records held out from an index on. */
  void challenges(int since) {
    mode = Mode.CHALLENGING;
    judgesSince(since);
  }

  /** Sets the index from which held-out records count for the challenger. */
  void judgesSince(int since) {
    challengeSince = since;
  }

  /**
   * Checks the version that is served from now on.
   *
   * @param move the event of a change of champion; without a case if there is none
   */
  void moves(Decision decision, Champion now, TrainingEvent move) {
    if (move.hasPromoted()) {
      requireTold(now.version() == move.getPromoted().getChampion(), now, move);
      promoted(decision, move.getPromoted().getComparison());
    } else if (move.hasRolledBack()) {
      requireTold(now.version() == move.getRolledBack().getChampion(), now, move);
      boolean isNamed = decision.command().getRollback().getVersion() != 0;
      requireTold(isNamed || now.version() != move.getRolledBack().getWorse(), now, move);
      rolledBack(decision, move.getRolledBack().getComparison());
    } else if (now.version() != champion) {
      advanced(decision, now);
    }
    boolean isByCommand = decision.command().hasPromote() || decision.command().hasRollback();
    Invariant.CHOSEN_CHAMPION_STAYS.require(
        !isByCommand || now.version() == wanted(decision, now.version()),
        "%d is served after %s",
        now.version(),
        decision.command());
    if (now.version() != champion) {
      championSince = decision.heldOut();
    }
    champion = now.version();
  }

  long chosen() {
    return chosen;
  }

  long promoted() {
    return promoted;
  }

  long rolledBack() {
    return rolledBack;
  }

  private static long wanted(Decision decision, long served) {
    Command command = decision.command();
    long version =
        command.hasPromote()
            ? command.getPromote().getVersion()
            : command.getRollback().getVersion();
    return version != 0 ? version : command.hasPromote() ? decision.version() : served;
  }

  private void promoted(Decision decision, Comparison comparison) {
    if (champion == 0 && !decision.command().hasPromote()) {
      requireLearned(decision.newer().summary().counts());
      return;
    }
    if (comparison.getHeldOutRecords() == 0) {
      requireCommand(decision.command().hasPromote());
      mode = decision.command().getPromote().getVersion() == 0 ? Mode.FOLLOWING : Mode.PINNED;
      return;
    }
    requireChance(decision, Mode.CHALLENGING);
    requireErrors(comparison, comparison.getImprovement() >= errors(comparison, PROMOTION));
    models.requireBetter(
        decision.weights().apply(champion),
        decision.newer().weights(),
        heldOut,
        challengeSince,
        decision.heldOut());
    mode = Mode.FOLLOWING;
    promoted++;
  }

  private void rolledBack(Decision decision, Comparison comparison) {
    if (comparison.getHeldOutRecords() == 0) {
      requireCommand(decision.command().hasRollback());
      mode = Mode.PINNED;
      return;
    }
    requireChance(decision, mode);
    requireErrors(comparison, comparison.getImprovement() <= errors(comparison, ROLLBACK));
    challenges(decision.heldOut());
    rolledBack++;
  }

  private void advanced(Decision decision, Champion now) {
    Invariant.CHAMPION_NEVER_WORSE_THAN_GATE.require(
        champion != 0 && now.version() == decision.version(),
        "%s is served, and no event says why",
        now);
    requireChance(decision, Mode.FOLLOWING);
    models.requireNotWorse(
        decision.weights().apply(champion),
        decision.newer().weights(),
        heldOut,
        championSince,
        decision.heldOut());
  }

  /** Requires that the records may decide now. */
  private void requireChance(Decision decision, Mode needed) {
    Invariant.CHOSEN_CHAMPION_STAYS.require(
        mode != Mode.PINNED, "%d replaces what a person chose", decision.version());
    Invariant.CHAMPION_NEVER_WORSE_THAN_GATE.require(
        mode == needed && !decision.rewinding(),
        "%d is served while the gate is %s, rewinding: %s",
        decision.version(),
        mode,
        decision.rewinding());
  }

  private static void requireLearned(StoredCounts counts) {
    Invariant.NOTHING_SERVED_BEFORE_IT_HAS_LEARNED.require(
        counts.trained() >= FEWEST_TRAINED && counts.evaluations() > 0,
        "the first version is served after %s",
        counts);
  }

  private void requireCommand(boolean holds) {
    Invariant.CHAMPION_NEVER_WORSE_THAN_GATE.require(
        holds, "another model than %d is served for no reason", champion);
    chosen++;
  }

  private static void requireTold(boolean holds, Champion now, TrainingEvent move) {
    Invariant.CHAMPION_NEVER_WORSE_THAN_GATE.require(holds, "%s is served after %s", now, move);
  }

  private static void requireErrors(Comparison comparison, boolean holds) {
    Invariant.CHAMPION_NEVER_WORSE_THAN_GATE.require(
        holds, "another model is served because of %s", comparison);
  }

  private static double errors(Comparison comparison, double significance) {
    return significance * comparison.getStandardError();
  }
}
