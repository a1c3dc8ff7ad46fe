package io.millrace.learning.training;

import io.millrace.learning.keras.KerasWeights;
import io.millrace.learning.model.InitialWeights;
import io.millrace.learning.model.Model;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.learning.model.Preprocessing;
import io.millrace.learning.model.TransferredWeights;
import io.millrace.learning.network.NetworkWeights;
import io.millrace.learning.state.State;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Transfer learning: the weights that training begins with, and the layers that are frozen until a
 * number of records was trained.
 *
 * <p>What was taken from another model is part of the state. A model that begins anew begins with
 * the same weights, whatever has become of the other model. Owned by one thread.
 */
final class Transfer {
  private final ModelDefinition definition;
  private final Optional<InitialWeights> initial;
  private @Nullable TransferredWeights taken;
  private long trained;

  Transfer(ModelDefinition definition, Optional<InitialWeights> initial) {
    this.definition = definition;
    this.initial = initial;
  }

  /**
   * Writes the initial weights over random ones, and begins to count.
   *
   * @throws io.millrace.settings.InvalidSettingsException if they do not fit
   */
  void begin(NetworkWeights weights, Preprocessing preprocessing) {
    trained = 0;
    initial.ifPresent(given -> fill(given, weights, preprocessing));
  }

  /** Returns the names of the layers that are frozen now. */
  Set<String> frozen() {
    return initial
        .filter(given -> trained < given.unfreezeAfter().orElse(Long.MAX_VALUE))
        .map(InitialWeights::frozen)
        .orElse(Set.of());
  }

  /** Counts records that were trained; returns whether layers are no longer frozen from now on. */
  boolean unfreezes(int records) {
    if (initial.isEmpty() || initial.get().unfreezeAfter().isEmpty()) {
      return false;
    }
    long after = initial.get().unfreezeAfter().get();
    boolean wasFrozen = trained < after;
    trained += records;
    return wasFrozen && trained >= after;
  }

  /** Takes over what another transfer has taken and counted, if there was one. */
  void copyFrom(Transfer other) {
    if (other.initial.isPresent()) {
      taken = other.taken;
      trained = other.trained;
    }
  }

  /** Saves nothing if there are no initial weights. */
  void save(State state) {
    if (initial.isPresent()) {
      state.put("trained", trained);
      if (taken != null) {
        taken.save(state.child("taken"));
      }
    }
  }

  /** Restores what was saved. Nothing is frozen of a model that began with other weights. */
  void restore(State state) {
    trained = state.has("trained") ? state.integer("trained") : Long.MAX_VALUE;
    taken = state.contains("taken") ? TransferredWeights.restored(state.child("taken")) : null;
  }

  private void fill(InitialWeights given, NetworkWeights weights, Preprocessing preprocessing) {
    given
        .file()
        .ifPresent(file -> KerasWeights.read(file, definition.network(), given.layers(), weights));
    Optional<Model> source = given.source();
    if (taken == null && source.isPresent()) {
      taken = TransferredWeights.of(source.get(), definition, weights, given.layers());
    }
    if (taken != null) {
      taken.writeTo(weights, preprocessing, definition.inputs().size());
    }
  }
}
