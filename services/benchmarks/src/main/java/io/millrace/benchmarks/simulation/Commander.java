package io.millrace.benchmarks.simulation;

import io.millrace.proto.control.v1.Command;
import io.millrace.proto.control.v1.Pause;
import io.millrace.proto.control.v1.Promote;
import io.millrace.proto.control.v1.Resume;
import io.millrace.proto.control.v1.Retrain;
import io.millrace.proto.control.v1.Rollback;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Sends random commands of all kinds. Some make no sense, are sent again, or are for another model.
 * Often it also makes the process crash soon afterwards.
 */
final class Commander {
  private final SplittableRandom random;
  private final CommandsTopic topic;
  private final Mishaps mishaps;
  private final String model;
  private final Plan plan;
  private long dueNanos;

  Commander(Plan plan, String model, CommandsTopic topic, Mishaps mishaps) {
    this.plan = plan;
    this.model = model;
    this.topic = topic;
    this.mishaps = mishaps;
    this.random = new SplittableRandom(plan.seed() + 1);
    next(0);
  }

  /**
   * The situation as the sender of a command sees it.
   *
   * @param next by partition, the first record that was not consumed
   * @param kept the retained versions, oldest first
   */
  record Situation(long nanos, boolean isPaused, int[] next, List<Long> kept) {}

  /** Sends commands if due. */
  void look(Situation now) {
    if (now.nanos() < dueNanos) {
      return;
    }
    for (int i = random.nextInt(5) == 0 ? 3 : 1; i > 0; i--) {
      send(now);
    }
    if (random.nextInt(3) == 0) {
      mishaps.crashWithin(random.nextBoolean() ? 5 : 500);
    }
    next(now.nanos());
  }

  private void next(long nanos) {
    dueNanos = nanos + Plan.PERIOD.toNanos() * (1 + random.nextInt(2 * plan.recordsPerCommand()));
  }

  private void send(Situation now) {
    Command.Builder command = command(now).setId("c" + topic.end(0)).setModel(model);
    int chance = random.nextInt(100);
    if (chance < 15 && topic.end(0) > 0) {
      command.setId(topic.get(random.nextLong(topic.end(0))).id()); // the id of any earlier command
    } else if (chance < 18) {
      command.clearCommand();
    } else if (chance < 22) {
      command.setModel("another");
    }
    topic.send(new SentCommand(command.build(), random.nextBoolean()));
  }

  private Command.Builder command(Situation now) {
    int chance = random.nextInt(100);
    Command.Builder command = Command.newBuilder();
    if (chance < 10 || (now.isPaused() && chance < 50)) {
      return now.isPaused() == (random.nextInt(5) > 0)
          ? command.setResume(Resume.getDefaultInstance())
          : command.setPause(Pause.getDefaultInstance());
    }
    if (chance < 20) {
      return command.setPromote(Promote.getDefaultInstance());
    }
    if (chance < 30) {
      return command.setPromote(Promote.newBuilder().setVersion(version(now)));
    }
    if (chance < 40) {
      return command.setRollback(Rollback.getDefaultInstance());
    }
    if (chance < 48) {
      return command.setRollback(Rollback.newBuilder().setVersion(version(now)));
    }
    return command.setRetrain(retrain(now));
  }

  private long version(Situation now) {
    return random.nextInt(5) == 0
        ? 1 + random.nextLong(10_000)
        : now.kept().get(random.nextInt(now.kept().size()));
  }

  private Retrain.Builder retrain(Situation now) {
    Retrain.Builder retrain =
        Retrain.newBuilder()
            .setFreshWeights(random.nextInt(4) == 0)
            .setPasses(Math.max(0, random.nextInt(6) - 2));
    int record = Plan.record(0, now.next()[0]) - random.nextInt(plan.recordsKept());
    return switch (random.nextInt(7)) {
      case 0 -> retrain;
      case 1 -> retrain.setContinue(Retrain.Continue.getDefaultInstance()).setPasses(1);
      case 2 -> retrain.setRewindToEarliest(Retrain.Earliest.getDefaultInstance());
      case 3 -> retrain.setRewindToDriftStart(Retrain.DriftStart.getDefaultInstance());
      case 4 -> retrain.setRewindToMillis(Plan.timeMillis(Math.max(0, record)));
      case 5 -> retrain.setRewindToMillis(Long.MAX_VALUE - random.nextInt(1000));
      default -> retrain.setRewindToOffsets(offsets(now));
    };
  }

  /** Returns offsets of some partitions. Occasionally one of them is invalid. */
  private Retrain.Offsets.Builder offsets(Situation now) {
    Retrain.Offsets.Builder offsets = Retrain.Offsets.newBuilder();
    int first = random.nextInt(Plan.PARTITIONS);
    for (int partition = first; partition < Plan.PARTITIONS; partition++) {
      int back = random.nextInt(plan.recordsKept() / Plan.PARTITIONS);
      offsets.putOffsets(partition, Math.max(0, now.next()[partition] - back));
    }
    if (random.nextInt(8) == 0) {
      offsets.putOffsets(random.nextInt(2 * Plan.PARTITIONS), 1 << 30);
    }
    return offsets;
  }
}
