package io.millrace.predictor.following;

import io.millrace.checkpoints.fleet.FleetCheckpoint;
import io.millrace.learning.model.Model;
import io.millrace.predictor.following.KeyedComputation.SharedNetwork;
import java.time.Clock;
import java.time.Instant;

/**
 * Makes servable models of a fleet's checkpoints. They share one compiled network, so a model costs
 * its weights alone, and is made in microseconds. Safe for any thread.
 */
public final class KeyedModels {
  private final String name;
  private final FleetCheckpoint template;
  private final NetworkComputation network;
  private final SharedNetwork shared;
  private final Clock clock;
  private final VersionStatistics statistics;

  /**
   * Compiles the network of a fleet.
   *
   * @param name the fleet's name
   * @param template what new keys begin with
   * @param maxRows the largest batch, in rows
   * @throws UnservableException if the template has no valid definition
   */
  public KeyedModels(String name, FleetCheckpoint template, int maxRows, Clock clock) {
    this.name = name;
    this.template = template;
    this.clock = clock;
    network =
        new ModelLoader(maxRows, ServedRivals.COMBINED, clock)
            .compile(template.definition(), template.weights());
    shared = new SharedNetwork(network);
    statistics = new VersionStatistics(maxRows, clock);
  }

  /** Returns the template's model, which answers for unknown keys. */
  public ServedModel template(Instant createdAt) {
    return model(template, Origin.ofTemplate(template, createdAt, clock));
  }

  /**
   * Returns a key's model.
   *
   * @throws UnservableException if it is of another definition
   */
  public ServedModel of(String key, FleetCheckpoint checkpoint, Instant createdAt) {
    if (!checkpoint.definitionSha256().equals(template.definitionSha256())) {
      throw new UnservableException("its definition is not that of the fleet", null);
    }
    return model(checkpoint, Origin.ofKey(key, checkpoint, createdAt, clock));
  }

  private ServedModel model(FleetCheckpoint checkpoint, Origin origin) {
    return new ServedModel(
        name,
        ServedModel.Version.of(checkpoint.version()),
        network.signature(),
        new KeyedComputation(shared, new Model(network.definition(), checkpoint.weights())),
        origin,
        statistics);
  }
}
