package io.millrace.crash;

import io.millrace.quickstart.EmbeddedBroker;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A broker as a process, to be killed and to be found again with the same arguments. */
final class BrokerProgram {
  private BrokerProgram() {}

  /**
   * Runs a broker until the process ends.
   *
   * @param arguments the folder, the port for clients and the port of the controller
   */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    try (EmbeddedBroker broker =
        EmbeddedBroker.startedAt(
            folder, Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]))) {
      System.out.println(broker.bootstrapServers());
      new CountDownLatch(1).await();
    }
  }
}
