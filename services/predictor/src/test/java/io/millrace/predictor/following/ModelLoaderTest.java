package io.millrace.predictor.following;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.checkpoints.Checkpoint;
import io.millrace.learning.state.State;
import io.millrace.proto.inference.InferParameter;
import io.millrace.quickstart.EchoModel;
import org.junit.jupiter.api.Test;

class ModelLoaderTest {
  private final ModelLoader loader =
      new ModelLoader(TestModels.MAX_ROWS, ServedRivals.COMBINED, TestModels.CLOCK);

  @Test
  void load_checkpoint_knowsTensorsAndOrigin() {
    ServedModel model = loader.load(TestModels.checkpoint(7, 0));

    assertThat(model.name()).isEqualTo("echo");
    assertThat(model.version()).isEqualTo("7");
    assertThat(model.createdAt()).isEqualTo(TestModels.CREATED_AT);
    assertThat(model.signature().outputs())
        .extracting(ModelSignature.Output::name)
        .containsExactly("choice", "choice_class", "sum");
    assertThat(model.provenance())
        .containsEntry("created_at", text("2026-11-21T10:00:00Z"))
        .containsEntry("position", text("echoes-0:12,echoes-1:7"))
        .containsEntry("trained_records", InferParameter.newBuilder().setInt64Param(15).build())
        .containsEntry("parameters_sha256", text("0123456789ab"));
  }

  @Test
  void load_networkOfARetiredVersion_answersWithTheNewWeights() {
    ServedModel first = loader.load(TestModels.checkpoint(1, 0));
    assertThat(sum(first)).isEqualTo(6);
    loader.reuse(first);

    ServedModel second = loader.load(TestModels.checkpoint(2, 10));
    ServedModel third = loader.load(TestModels.checkpoint(3, 20));

    assertThat(second.computation()).isSameAs(first.computation());
    assertThat(third.computation()).isNotSameAs(second.computation());
    assertThat(sum(second)).isEqualTo(16);
    assertThat(sum(third)).isEqualTo(26);
  }

  @Test
  void load_scaledTargets_answersInTheirUnits() {
    // Given: targets whose mean was 1000 and whose standard deviation was 50
    String scaled =
        EchoModel.DEFINITION.replace("\"sum\": {}", "\"sum\": {\"target_scaling\": \"standard\"}");
    Checkpoint known = TestModels.checkpoint(1, 0);
    State scale = known.weights().child("preprocessing/target_1");
    scale.put("mean", new double[] {1000});
    scale.put("variance", new double[] {2500});
    scale.put("widest", new double[] {2500});
    scale.put("count", 10L);

    ServedModel model =
        loader.load(new Checkpoint("echo", 1, scaled, known.weights(), null, known.summary()));

    assertThat(sum(model)).isEqualTo(1000 + 6 * 50);
  }

  @Test
  void load_anotherDefinition_doesNotUseTheRetiredNetwork() {
    ServedModel first = loader.load(TestModels.checkpoint(1, 0));
    loader.reuse(first);
    String other = EchoModel.DEFINITION.replace("\"yes\"", "\"surely\"");
    Checkpoint known = TestModels.checkpoint(2, 0);

    ServedModel second =
        loader.load(new Checkpoint("echo", 2, other, known.weights(), null, known.summary()));

    assertThat(second.computation()).isNotSameAs(first.computation());
  }

  @Test
  void load_refusedCheckpoint_leavesTheNextOneAlone() {
    loader.reuse(loader.load(TestModels.checkpoint(1, 0)));
    assertThatThrownBy(() -> loader.load(TestModels.checkpoint(2, Float.NaN)))
        .isInstanceOf(UnservableException.class);

    assertThat(sum(loader.load(TestModels.checkpoint(3, 1)))).isEqualTo(7);
  }

  @Test
  void load_weightsThatDoNotFit_isRefused() {
    State weights = new State();
    weights.put("parameters", new float[3]);
    weights.put("non_trainable", new float[0]);

    assertRefused(EchoModel.DEFINITION, weights, "parameters");
  }

  @Test
  void load_unknownLayer_isRefused() {
    String definition = EchoModel.DEFINITION.replace("concatenate", "conjure");

    assertRefused(definition, TestModels.checkpoint(1, 0).weights(), "conjure");
  }

  @Test
  void load_noDefinition_isRefused() {
    assertRefused("[]", TestModels.checkpoint(1, 0).weights(), "no JSON object");
  }

  @Test
  void load_weightsThatAreNotFinite_isRefused() {
    Checkpoint diverged = TestModels.checkpoint(1, Float.NaN);

    assertRefused(diverged.definition(), diverged.weights(), "not finite");
  }

  /** Returns the model's sum for the inputs 1, 2 and 3. */
  private static float sum(ServedModel model) {
    Computation computation = model.computation();
    computation.rows().input(0)[0] = 1;
    computation.rows().input(0)[1] = 2;
    computation.rows().input(1)[0] = 3;
    computation.rows().advance();
    computation.run();
    return computation.output(1)[0];
  }

  private void assertRefused(String definition, State weights, String reason) {
    Checkpoint checkpoint =
        new Checkpoint("echo", 1, definition, weights, null, TestModels.summary());

    assertThatThrownBy(() -> loader.load(checkpoint))
        .isInstanceOf(UnservableException.class)
        .hasMessageContaining(reason);
  }

  private static InferParameter text(String value) {
    return InferParameter.newBuilder().setStringParam(value).build();
  }
}
