package io.millrace.fleet.keyed;

import io.millrace.checkpoints.DefinitionJson;
import io.millrace.checkpoints.fleet.FleetCheckpoint;
import io.millrace.checkpoints.fleet.FleetTopic;
import io.millrace.checkpoints.manifest.StoredCounts;
import io.millrace.checkpoints.manifest.StreamPosition;
import io.millrace.checkpoints.parts.Sha256;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.learning.state.State;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;

/**
 * What new keys begin with, as a checkpoint under a key of its own. It carries the definition of
 * all models, so that predictors need the topic alone.
 *
 * @param checkpoint the first weights, which have learned nothing
 */
record Template(FleetCheckpoint checkpoint) {
  static final Bytes KEY = Bytes.wrap(FleetTopic.templateKey());

  static Template of(ModelDefinition definition, State firstWeights, String topic) {
    String json = DefinitionJson.write(definition.tree());
    return new Template(
        new FleetCheckpoint(
            json,
            Sha256.of(json.getBytes(StandardCharsets.UTF_8)),
            0,
            new StreamPosition(topic, Map.of()),
            new StoredCounts(0, 0, 0, 0, 0, 0),
            Map.of(),
            firstWeights));
  }

  /** Returns the records topic. */
  String topic() {
    return checkpoint.position().topic();
  }

  String definitionSha256() {
    return checkpoint.definitionSha256();
  }

  boolean hasDefinitionOf(FleetCheckpoint other) {
    return definitionSha256().equals(other.definitionSha256());
  }
}
