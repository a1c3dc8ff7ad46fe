package io.millrace.predictor.following;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.proto.inference.InferParameter;
import io.millrace.proto.inference.ModelInferResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RivalLoadingTest {
  private final ModelLoader loader = loader(ServedRivals.COMBINED);

  @Test
  void load_rivals_answersTheirMeanAndNamesTheirShares() throws Exception {
    ServedModel model = loader.load(RivalModels.checkpoint(1, 0.25f, 0.75f));
    byte[] preamble = new byte[model.preambleSize()];
    model.writePreamble(preamble, 0);

    assertThat(answer(model, 4)).isEqualTo(4 * (0.25f + 0.75f * 2));
    assertThat(model.provenance())
        .containsEntry("rival.same", share(0.25))
        .containsEntry("rival.double", share(0.75));
    assertThat(ModelInferResponse.parseFrom(preamble).getParametersMap())
        .isEqualTo(model.provenance());
  }

  @Test
  void load_leaderAlone_answersWithItsWeights() {
    ModelLoader alone = loader(ServedRivals.LEADER);

    ServedModel model = alone.load(RivalModels.checkpoint(1, 0.25f, 0.75f));
    alone.reuse(model);
    ServedModel next = alone.load(RivalModels.checkpoint(2, 0.75f, 0.25f));

    assertThat(answer(next, 4)).isEqualTo(4);
    assertThat(model.provenance())
        .containsEntry("rival.same", share(0))
        .containsEntry("rival.double", share(1));
    assertThat(next.provenance())
        .containsEntry("rival.same", share(1))
        .containsEntry("rival.double", share(0));
  }

  @Test
  void load_anotherRival_reusesTheNetworksOfTheRetiredVersion() {
    ServedModel first = loader.load(RivalModels.checkpoint(1, 0.25f, 0.75f));
    loader.reuse(first);

    ServedModel second = loader.load(RivalModels.laterCheckpoint(2, 0.5f, 0.5f));

    assertThat(second.computation()).isSameAs(first.computation());
    assertThat(answer(second, 4)).isEqualTo(4 * (0.5f + 0.5f * 9));
    assertThat(rivals(second)).containsOnlyKeys("rival.same", "rival.deep");
  }

  private static Map<String, InferParameter> rivals(ServedModel model) {
    Map<String, InferParameter> parameters = model.provenance();
    parameters.keySet().removeIf(name -> !name.startsWith("rival."));
    return parameters;
  }

  private static float answer(ServedModel model, float x) {
    Computation computation = model.computation();
    computation.rows().input(0)[0] = x;
    computation.rows().advance();
    computation.run();
    return computation.output(0)[0];
  }

  private static ModelLoader loader(ServedRivals rivals) {
    return new ModelLoader(TestModels.MAX_ROWS, rivals, TestModels.CLOCK);
  }

  private static InferParameter share(double share) {
    return InferParameter.newBuilder().setDoubleParam(share).build();
  }
}
