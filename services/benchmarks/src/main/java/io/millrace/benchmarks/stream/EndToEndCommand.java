package io.millrace.benchmarks.stream;

import io.millrace.quickstart.EmbeddedBroker;
import io.millrace.runtime.management.Metrics;
import io.millrace.trainer.decoding.RecordFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.Command;

/** Measures the path of a record from the topic to the trained model. */
@Command(
    name = "end-to-end",
    description = {
      "Trains from a topic of an embedded broker and prints the records a second, and the shares of",
      "the training thread's time that go to polling, decoding, features, step, evaluation and",
      "checkpoint, by a thousand looks a second at its stack."
    },
    mixinStandardHelpOptions = true)
public final class EndToEndCommand implements Callable<Integer> {
  private static final List<Workload> WORKLOADS =
      List.of(
          Workload.small(32, RecordFormat.PROTOBUF),
          Workload.small(32, RecordFormat.PROTOBUF).withRareEvaluations(),
          Workload.small(256, RecordFormat.PROTOBUF),
          Workload.small(256, RecordFormat.PROTOBUF).withRareEvaluations(),
          Workload.large(128, RecordFormat.PROTOBUF),
          Workload.large(128, RecordFormat.PROTOBUF).withRareEvaluations(),
          Workload.small(32, RecordFormat.JSON),
          Workload.small(256, RecordFormat.JSON),
          Workload.large(128, RecordFormat.JSON));

  @Override
  public Integer call() throws ExecutionException, InterruptedException {
    try (EmbeddedBroker broker = EmbeddedBroker.started();
        Metrics metrics = new Metrics()) {
      RecordsProducer producer = new RecordsProducer(broker.bootstrapServers());
      for (Workload workload : WORKLOADS) {
        producer.fill(workload);
        TrainingRun run =
            new TrainingRun(
                workload, TrainingRun.Setting.PLAIN, broker.bootstrapServers(), metrics);
        System.out.println(workload + " " + run.measure());
      }
    }
    return 0;
  }
}
