package io.millrace.cli.status;

import io.millrace.cli.invocation.Configuration;
import io.millrace.cli.predict.Access;
import java.time.Duration;

/** The command {@code status}: asks once, and prints. */
public final class StatusReport {
  private StatusReport() {}

  /**
   * Prints the status and returns the exit code.
   *
   * @param json whether it is for programs
   * @param patience how long all questions together may take
   */
  public static int run(Configuration configuration, Access access, boolean json, Duration patience)
      throws InterruptedException {
    try (Asking asking = new Asking(configuration, access, patience)) {
      Status status = asking.status();
      if (json) {
        System.out.println(StatusJson.of(status));
      } else {
        StatusText.lines(status).forEach(System.out::println);
      }
      return status.exitCode();
    }
  }
}
