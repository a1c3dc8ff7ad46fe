package io.millrace.learning.golden;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.learning.kernels.Buffer;
import io.millrace.learning.kernels.Call;
import io.millrace.learning.kernels.Kernels;
import io.millrace.learning.optimizers.OptimizerDefinition;
import io.millrace.settings.Section;
import java.util.List;
import java.util.function.Supplier;

/** The path of one variable under given gradients. */
final class GoldenOptimizers implements GoldenKind {
  private final Supplier<Kernels> implementation;

  GoldenOptimizers(Supplier<Kernels> implementation) {
    this.implementation = implementation;
  }

  @Override
  public void check(JsonNode golden) {
    Section section = GoldenTensor.section(golden.path("optimizer"));
    OptimizerDefinition definition = OptimizerDefinition.read(section);
    section.finish();
    float[] values = GoldenTensor.floats(golden.path("initial"));
    Kernels kernels = implementation.get();
    Buffer parameters = kernels.allocate(values.length);
    Buffer gradients = kernels.allocate(values.length);
    parameters.write(0, values, 0, values.length);
    Call update =
        kernels.update(definition.create(values.length), parameters, gradients, List.of());

    for (int step = 0; step < golden.path("gradients").size(); step++) {
      gradients.write(
          0, GoldenTensor.floats(golden.path("gradients").path(step)), 0, values.length);
      update.run(1);

      parameters.read(0, values, 0, values.length);
      float[] expected = GoldenTensor.floats(golden.path("trajectory").path(step));
      new GoldenTensor(List.of(expected.length), expected)
          .assertCloseTo("parameters after step " + step, values, 1e-4, 1e-5);
    }
  }
}
