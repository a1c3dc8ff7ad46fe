package io.millrace.page.live;

import io.millrace.page.history.History;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/** What streams tell. Asked on event loops, so no answer waits for anything. */
public interface Feed {
  /** Returns the state now, as JSON. */
  Buffer state();

  /** Returns the events of the model; empty if the process trains none. */
  Optional<History> history();

  /** Returns the newest look into the model; empty before the first. */
  Optional<Look> look();

  /** Asks for a newer look, since somebody watches. */
  void wantLook();

  /**
   * A look into a model.
   *
   * @param number differs from one look to the next
   * @param json what it shows
   */
  record Look(long number, Buffer json) {}
}
