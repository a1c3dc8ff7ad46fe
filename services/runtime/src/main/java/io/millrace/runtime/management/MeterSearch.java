package io.millrace.runtime.management;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Lets Micrometer's binders look for new meters of Kafka's clients, every second and on one daemon
 * thread for all clients. By themselves they look once a minute, on a thread for each client; the
 * lag of a new partition would be missing for as long.
 */
final class MeterSearch extends ScheduledThreadPoolExecutor {
  private static final long PERIOD_SECONDS = 1;

  MeterSearch() {
    super(1, MeterSearch::thread, new DiscardPolicy()); // a client may still come at the end
  }

  /** Runs the search every second, whatever the binder asks for. */
  @Override
  public ScheduledFuture<?> scheduleAtFixedRate(
      Runnable search, long initialDelay, long period, TimeUnit unit) {
    return super.scheduleAtFixedRate(search, PERIOD_SECONDS, PERIOD_SECONDS, TimeUnit.SECONDS);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "meter-search");
    thread.setDaemon(true);
    return thread;
  }
}
