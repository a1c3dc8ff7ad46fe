package io.millrace.learning.layers;

import io.millrace.learning.initializers.Initializer;
import io.millrace.learning.kernels.Activation;
import io.millrace.learning.kernels.CellActivations;
import io.millrace.settings.Section;
import org.jspecify.annotations.Nullable;

/**
 * The options that all recurrent layers share.
 *
 * @param units values of the state
 * @param bias absent if none is added
 * @param returnsSequences whether the output is the state after every step, or only the last one
 * @param goesBackwards whether the last step comes first
 * @param keepsOrder whether a sequence that was read backwards is returned in the input's order
 */
record RecurrentOptions(
    int units,
    CellActivations activations,
    WeightOptions kernel,
    WeightOptions recurrent,
    @Nullable WeightOptions bias,
    boolean returnsSequences,
    boolean goesBackwards,
    boolean keepsOrder) {

  static RecurrentOptions read(Section section) {
    boolean useBias = section.flag("use_bias", "whether a bias is added").orElse(true);
    WeightOptions bias = WeightOptions.read(section, "bias", "zeros");
    return new RecurrentOptions(
        section.integer("units", "values of the state").atLeast(1).required(),
        new CellActivations(
            readActivation(section, "activation", Activation.TANH),
            readActivation(section, "recurrent_activation", Activation.SIGMOID)),
        WeightOptions.read(section, "kernel", "glorot_uniform"),
        WeightOptions.read(section, "recurrent", "orthogonal"),
        useBias ? bias : null,
        section.flag("return_sequences", "whether every state is returned").orElse(false),
        section.flag("go_backwards", "whether the last step comes first").orElse(false),
        false);
  }

  private static Activation readActivation(Section section, String key, Activation fallback) {
    return section
        .choice(key, Activation.class, "function in the cell")
        .check(
            "not gelu, silu or softmax",
            function -> function.isGradientFromOutput() && function != Activation.SOFTMAX)
        .orElse(fallback);
  }

  /** Returns these options for the opposite direction, with sequences in the input's order. */
  RecurrentOptions reversed() {
    return new RecurrentOptions(
        units, activations, kernel, recurrent, bias, returnsSequences, !goesBackwards, true);
  }

  /** Returns these options with another initializer of the bias. */
  RecurrentOptions withBias(Initializer initializer) {
    WeightOptions changed =
        bias == null ? null : new WeightOptions(initializer, bias.regularizer(), bias.maxNorm());
    return new RecurrentOptions(
        units,
        activations,
        kernel,
        recurrent,
        changed,
        returnsSequences,
        goesBackwards,
        keepsOrder);
  }
}
