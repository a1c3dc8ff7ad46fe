package io.millrace.benchmarks.simulation;

import io.millrace.benchmarks.drift.DefaultLearner;
import io.millrace.benchmarks.drift.RecordedStream;
import io.millrace.benchmarks.simulation.Commander.Situation;
import io.millrace.benchmarks.simulation.Mishaps.Crash;
import io.millrace.benchmarks.simulation.SimulatedTrainer.World;
import io.millrace.checkpoints.Snapshot;
import io.millrace.checkpoints.manifest.Champion;
import io.millrace.learning.Learner;
import io.millrace.learning.model.ExampleBatch;
import io.millrace.proto.control.v1.Command;
import io.millrace.proto.control.v1.Resume;
import io.millrace.trainer.decoding.shared.RecordDecoder;
import io.millrace.trainer.decoding.shared.Rejected;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * The life of a trainer in virtual time. It learns, publishes, receives commands, meets drifts and
 * bad records, crashes at random moments, and resumes from the newest checkpoint. Topics and
 * checkpoints are in memory. Everything else is the trainer's own code.
 *
 * <p>After every step the {@link Invariant}s must hold, otherwise the simulation ends with an
 * exception.
 */
final class Simulation {
  private static final int MOST_RECORDS_OF_A_POLL = 500;
  private static final Duration PERIOD_OF_COMMANDS = Duration.ofMillis(100);
  private static final Rejected BAD = new Rejected(Rejected.Reason.MISSING_FIELD, "f0", "nothing");

  private final RecordedStream stream;
  private final Plan plan;
  private final SplittableRandom random;
  private final VirtualTime time = new VirtualTime();
  private final CommandsTopic commands = new CommandsTopic();
  private final RecordsTopic records;
  private final Mishaps mishaps;
  private final Commander commander;
  private final Journal journal;
  private final Rules rules;
  private final Answers answers;
  private final ServedModels models;
  private final ServedLine served;
  private final Ledger ledger;
  private final Map<String, Object> changes;
  private final Store store;
  private Journal.Saved saved;
  private SimulatedTrainer trainer;
  private long repeated;
  private long endingCommands;

  /**
   * @param changes sections that replace those of the default configuration
   */
  Simulation(RecordedStream stream, Plan plan, Map<String, Object> changes) {
    this.stream = stream;
    this.plan = plan;
    this.changes = changes;
    random = new SplittableRandom(plan.seed());
    mishaps = new Mishaps(plan.seed() + 2, plan.recordsPerCrash());
    journal = new Journal(stream.size(), plan);
    saved = journal.save();
    records = new RecordsTopic(stream.size(), plan.recordsKept());
    commander = new Commander(plan, SimulatedTrainer.MODEL, commands, mishaps);
    rules = new Rules(records);
    answers = new Answers(commands, SimulatedTrainer.MODEL, rules);
    models = new ServedModels(stream, DefaultLearner.definition(stream, changes));
    served = new ServedLine(models, journal.validated());
    ledger = new Ledger(records, journal, rules, answers, served);
    store = new Store(SimulatedTrainer.MODEL, mishaps, new Checked());
    trainer = born();
  }

  /** Runs through all records and returns a summary. */
  Summary run() {
    while (!isOver()) {
      time.pass(PERIOD_OF_COMMANDS);
      command();
      rules.look(trainer.isRewinding());
      try {
        trainer.turn();
        journal.settle(trainer.learner());
      } catch (Crash crash) {
        repeated += journal.save().taken() - saved.taken();
        journal.goBack(saved);
        trainer = reborn();
      }
    }
    UninterruptedLife uninterrupted = new UninterruptedLife(stream, plan, learner());
    uninterrupted.live(journal);
    uninterrupted.requireSame(trainer.learner());
    return summary();
  }

  private boolean isOver() {
    return isAllRead() && answers.areComplete() && !rules.isPaused() && !trainer.isRewinding();
  }

  private boolean isAllRead() {
    Course course = journal.course();
    for (int partition = 0; partition < Plan.PARTITIONS; partition++) {
      if (course.next(partition) < records.end(partition)) {
        return false;
      }
    }
    return true;
  }

  private void command() {
    Course course = saved.course();
    if (isAllRead() && answers.areComplete() && rules.isPaused()) {
      Command.Builder resume = Command.newBuilder().setResume(Resume.getDefaultInstance());
      String id = "end" + endingCommands++;
      commands.send(
          new SentCommand(resume.setId(id).setModel(SimulatedTrainer.MODEL).build(), false));
    } else if (!isAllRead() && course.unread(0) > 0 && course.unread(1) > 0) {
      int[] next = {course.unread(0), course.unread(1)};
      commander.look(new Situation(time.getAsLong(), rules.isPaused(), next, store.kept()));
    }
  }

  private Learner learner() {
    return DefaultLearner.of(stream, changes, event -> {});
  }

  /** Starts a process, again if it crashes during the start. */
  private SimulatedTrainer reborn() {
    while (true) {
      try {
        return born();
      } catch (Crash crash) {
        continue; // it has done nothing yet
      }
    }
  }

  private SimulatedTrainer born() {
    return new SimulatedTrainer(
        new World(
            DefaultLearner.definition(stream, changes),
            DefaultLearner.settings(stream, changes),
            plan,
            time,
            store,
            new TopicConsumer(records, MOST_RECORDS_OF_A_POLL, mishaps, random.split()),
            new TopicConsumer(commands, MOST_RECORDS_OF_A_POLL, mishaps, random.split()),
            Decoder::new,
            ledger::heard));
  }

  private Summary summary() {
    Learner learner = trainer.learner();
    return new Summary(
        stream.size(),
        journal.save().again(),
        mishaps.crashes(),
        repeated,
        store.nextVersion() - 1,
        learner.progress().round(),
        learner.progress().drifts(),
        answers.done(),
        answers.refused(),
        answers.repeated(),
        served.chosen(),
        served.promoted(),
        served.rolledBack(),
        models.compared());
  }

  /** Decodes records, and watches their outcomes. */
  private final class Decoder implements RecordDecoder {
    private final Learner learner;

    Decoder(Learner learner) {
      this.learner = learner;
    }

    @Override
    public @Nullable Rejected decode(byte @Nullable [] value, ExampleBatch rows) {
      if (value == null) {
        throw new IllegalStateException("no record is empty");
      }
      int record = RecordsTopic.number(value);
      journal.begin(record, learner);
      mishaps.moment();
      time.pass(Plan.PERIOD);
      if (plan.isBad(record)) {
        return BAD;
      }
      stream.write(record, rows);
      return null;
    }
  }

  /** Checks each checkpoint that is written. */
  private final class Checked implements Store.Commit {
    @Override
    public void check(
        long version,
        Snapshot snapshot,
        List<ProducerRecord<byte[], byte[]>> covered,
        Champion champion) {
      ledger.check(version, trainer.learner(), snapshot, covered, champion, store);
    }

    @Override
    public void done() {
      saved = journal.save();
      records.clean(saved.course());
    }
  }

  /**
   * The result of a simulation.
   *
   * @param rewound records that were trained again because of commands
   * @param crashed how often the process crashed
   * @param repeated records that were processed again after crashes
   * @param done executed commands; others were refused, or had been answered before
   * @param chosen models that were served because of a command
   * @param promoted challengers that were served because they were better
   * @param rolledBack champions that were rolled back because they were worse
   * @param compared changes of the served model that were compared with the previous one
   */
  record Summary(
      int records,
      long rewound,
      long crashed,
      long repeated,
      long checkpoints,
      long rounds,
      long drifts,
      long done,
      long refused,
      long answeredAgain,
      long chosen,
      long promoted,
      long rolledBack,
      long compared) {
    @Override
    public String toString() {
      return """
      records=%d rewound=%d crashes=%d repeated=%d checkpoints=%d rounds=%d drifts=%d
      commands: done=%d refused=%d answered_again=%d
      served: chosen=%d promoted=%d rolled_back=%d compared=%d\
      """
          .formatted(
              records,
              rewound,
              crashed,
              repeated,
              checkpoints,
              rounds,
              drifts,
              done,
              refused,
              answeredAgain,
              chosen,
              promoted,
              rolledBack,
              compared);
    }
  }
}
