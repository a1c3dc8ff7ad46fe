package io.millrace.predictor.rest;

import io.millrace.proto.inference.ModelInferRequest;
import java.util.List;

/**
 * An inference request that was received over REST.
 *
 * @param message the same request as a protocol message, with raw contents
 * @param binaryByDefault whether outputs without their own flag are sent as binary data
 * @param outputs the requested outputs; empty for all
 */
public record RestRequest(
    ModelInferRequest message, boolean binaryByDefault, List<RestOutput> outputs) {

  /** Returns whether an output is sent as binary data. */
  boolean isBinary(String name) {
    for (RestOutput output : outputs) {
      if (output.binary() != null && output.name().equals(name)) {
        return output.binary();
      }
    }
    return binaryByDefault;
  }
}
