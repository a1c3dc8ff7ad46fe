package io.millrace.cli;

import io.millrace.cli.invocation.Logs;
import io.millrace.cli.invocation.StopSignal;
import io.millrace.cli.options.Arguments;
import io.millrace.quickstart.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code broker}. */
@Command(
    name = "broker",
    mixinStandardHelpOptions = true,
    description = {
      "Runs a Kafka broker for development on the loopback address, until it is stopped. Its data"
          + " stays in a folder, for the next start.",
      "It is one node without security or replicas: not for production."
    })
final class BrokerCommand implements Callable<Integer> {
  @Option(
      names = "--data",
      required = true,
      paramLabel = "FOLDER",
      description = "Where the data stays; created where there is none.")
  private @Nullable Path data;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "9092",
      description = "The port for clients; default: ${DEFAULT-VALUE}.")
  private int port;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Arguments.port("--port", port);
    Path folder = Objects.requireNonNull(data);
    Logs.quiet();
    try (StopSignal stop = new StopSignal();
        EmbeddedBroker broker = EmbeddedBroker.keptIn(folder, port)) {
      System.out.println(
          "broker ready on %s, its data in %s; Ctrl-C ends it"
              .formatted(broker.bootstrapServers(), folder));
      stop.await();
    }
    return 0;
  }
}
