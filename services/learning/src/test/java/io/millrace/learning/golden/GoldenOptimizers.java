package io.millrace.learning.golden;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.learning.optimizers.Optimizer;
import io.millrace.learning.optimizers.OptimizerDefinition;
import io.millrace.settings.Section;
import java.util.List;

/** The way of one variable under given gradients. */
final class GoldenOptimizers implements GoldenKind {

  @Override
  public void check(JsonNode golden) {
    Section section = GoldenTensor.section(golden.path("optimizer"));
    OptimizerDefinition definition = OptimizerDefinition.read(section);
    section.finish();
    float[] parameters = GoldenTensor.floats(golden.path("initial"));
    Optimizer optimizer = definition.create(parameters.length);

    for (int step = 0; step < golden.path("gradients").size(); step++) {
      optimizer.step(parameters, GoldenTensor.floats(golden.path("gradients").path(step)));

      float[] expected = GoldenTensor.floats(golden.path("trajectory").path(step));
      new GoldenTensor(List.of(expected.length), expected)
          .assertCloseTo("parameters after step " + step, parameters, 1e-4, 1e-5);
    }
  }
}
