package io.millrace.predictor.rest;

import io.millrace.proto.inference.ModelInferRequest;
import java.util.List;

/**
 * An inference request that came over REST.
 *
 * @param message the same in the protocol's message, its contents raw
 * @param binaryByDefault whether outputs that do not say so are wanted behind the JSON
 * @param outputs the outputs asked for; empty for all
 */
public record RestRequest(
    ModelInferRequest message, boolean binaryByDefault, List<RestOutput> outputs) {

  /** Returns whether an output is wanted behind the JSON. */
  boolean isBinary(String name) {
    for (RestOutput output : outputs) {
      if (output.binary() != null && output.name().equals(name)) {
        return output.binary();
      }
    }
    return binaryByDefault;
  }
}
