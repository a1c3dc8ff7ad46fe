package io.millrace.learning.keras;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The supported arguments of Keras' layers, 3 and 2. Any other argument is refused.
 *
 * <p>Keras writes all arguments, including defaults. Some are also options of the layer here. Some
 * are allowed at one value only, where they have no effect. Some never affect what a layer
 * computes.
 */
final class KerasLayerForms {
  /** A layer's arguments that are options here, and its other allowed arguments. */
  record Form(Set<String> options, Set<String> others) {}

  private static final String OF_ALL =
      "name dtype autocast dynamic batch_shape batch_input_shape activity_regularizer"
          + " quantization_mode quantization_config lora_rank lora_alpha";

  private static final Set<String> ALLOWED_AT_ANY_VALUE =
      words(
          "name autocast batch_shape batch_input_shape seed implementation unroll synchronized fused"
              + " input_length kernel_initializer kernel_regularizer kernel_constraint"
              + " renorm_clipping renorm_momentum" // for renorm, which is refused
              + " zero_output_for_mask"); // there are no masks, because mask_zero is refused

  /**
   * The only allowed values of arguments that no layer supports; null: the argument must be absent.
   */
  private static final Map<String, @Nullable Object> ALLOWED_AT_ONE_VALUE = new HashMap<>();

  private static final Set<String> INPUT_KEYS =
      words("batch_shape batch_input_shape dtype sparse ragged optional name trainable");

  private static final Map<String, Form> FORMS = new TreeMap<>();

  static {
    ALLOWED_AT_ONE_VALUE.put("data_format", "channels_last");
    ALLOWED_AT_ONE_VALUE.put("groups", 1);
    for (String flag :
        words("dynamic mask_zero sparse stateful return_state time_major rms_scaling renorm")) {
      ALLOWED_AT_ONE_VALUE.put(flag, false);
    }
    ALLOWED_AT_ONE_VALUE.put("dropout", 0);
    ALLOWED_AT_ONE_VALUE.put("recurrent_dropout", 0);
    for (String absent :
        words(
            "activity_regularizer noise_shape virtual_batch_size lora_rank lora_alpha"
                + " quantization_mode quantization_config")) {
      ALLOWED_AT_ONE_VALUE.put(absent, null);
    }
    convolutions();
    poolings();
    recurrent();
    form("Activation", "activation", "", "");
    form("Add", "", "", "");
    form("Multiply", "", "", "");
    form("Concatenate", "axis", "", "");
    form("Dense", "units activation use_bias", "kernel bias", "");
    form("Dropout", "rate", "", "noise_shape seed");
    form("Embedding", "input_dim output_dim", "embeddings", "mask_zero input_length sparse");
    form("Flatten", "", "", "data_format");
    form("GaussianNoise", "stddev", "", "seed");
    form("LayerNormalization", "axis epsilon center scale", "gamma beta", "rms_scaling");
    form("Reshape", "target_shape", "", "");
    form(
        "BatchNormalization",
        "axis momentum epsilon center scale moving_mean_initializer moving_variance_initializer",
        "gamma beta",
        "synchronized fused renorm renorm_clipping renorm_momentum virtual_batch_size");
    form("ReLU", "max_value negative_slope threshold", "", "");
    form("LeakyReLU", "negative_slope alpha", "", ""); // the names in Keras 3 and Keras 2
    form("ELU", "alpha", "", "");
    form("Softmax", "axis", "", "");
  }

  private KerasLayerForms() {}

  private static void convolutions() {
    String window = "kernel_size strides padding dilation_rate activation use_bias";
    String unused = "kernel_initializer kernel_regularizer kernel_constraint"; // written by Keras 2
    String others = "data_format groups";
    for (String axes : List.of("1D", "2D")) {
      form("Conv" + axes, window + " filters", "kernel bias", others);
      form(
          "SeparableConv" + axes,
          window + " filters depth_multiplier",
          "depthwise pointwise bias",
          others + " " + unused);
    }
    form("DepthwiseConv2D", window + " depth_multiplier", "depthwise bias", others + " " + unused);
  }

  private static void poolings() {
    for (String kind : words("MaxPooling1D MaxPooling2D AveragePooling1D AveragePooling2D")) {
      form(kind, "pool_size strides padding", "", "data_format");
      form("Global" + kind, "keepdims", "", "data_format");
    }
  }

  private static void recurrent() {
    String options = "units activation recurrent_activation use_bias return_sequences go_backwards";
    String others =
        "return_state stateful unroll time_major dropout recurrent_dropout implementation seed"
            + " zero_output_for_mask";
    form("LSTM", options + " unit_forget_bias", "kernel recurrent bias", others);
    form("GRU", options + " reset_after", "kernel recurrent bias", others);
    form("Bidirectional", "merge_mode layer backward_layer", "", "");
  }

  /**
   * @param weights the weights with an initializer, a regularizer and a constraint
   */
  private static void form(String kind, String options, String weights, String others) {
    Set<String> all = new TreeSet<>(words(options));
    all.add("trainable");
    for (String weight : words(weights)) {
      Stream.of("_initializer", "_regularizer", "_constraint")
          .map(weight::concat)
          .forEach(all::add);
    }
    FORMS.put(kind, new Form(all, words(OF_ALL + " " + others)));
  }

  private static Set<String> words(String text) {
    return text.isBlank() ? Set.of() : new TreeSet<>(Arrays.asList(text.trim().split(" +")));
  }

  /**
   * Returns whether an argument is an option here.
   *
   * @throws io.millrace.settings.InvalidSettingsException if the layer does not support the
   *     argument or its value
   */
  static boolean isOption(KerasLayer layer, String key, @Nullable Object value) {
    Form form = requireSupported(layer);
    if (form.options.contains(key)) {
      return true;
    }
    if (!form.others.contains(key)) {
      throw UnsupportedKeras.key(layer, key, value, form.options);
    }
    requireHarmless(layer, key, value);
    return false;
  }

  static Form requireSupported(KerasLayer layer) {
    return requireSupported(layer.toString(), layer.kind());
  }

  /**
   * @param layer a description for messages
   * @param kind Keras' class
   */
  static Form requireSupported(String layer, String kind) {
    Form form = FORMS.get(kind);
    if (form == null) {
      throw UnsupportedKeras.architecture(
          "has "
              + layer
              + ", which is not supported; supported: "
              + String.join(", ", FORMS.keySet()));
    }
    return form;
  }

  private static void requireHarmless(KerasLayer layer, String key, @Nullable Object value) {
    if (key.equals("dtype")) {
      requireFloat32(layer, value);
    } else if (!ALLOWED_AT_ANY_VALUE.contains(key)) {
      Object only = ALLOWED_AT_ONE_VALUE.get(key);
      boolean isAbsent = value == null && !key.equals("data_format");
      if (!isAbsent && !Json.same(only, value)) {
        throw UnsupportedKeras.value(layer, key, value, String.valueOf(only));
      }
    }
  }

  /**
   * Requires an input of plain numbers. Its type may be any, because indices are numbers here too.
   */
  static void requireInput(KerasLayer input) {
    input
        .config()
        .forEach(
            (key, value) -> {
              if (!INPUT_KEYS.contains(key)) {
                throw UnsupportedKeras.key(input, key, value, INPUT_KEYS);
              }
            });
    Object type = input.config().get("dtype");
    if (type != null && !String.valueOf(type).matches("(float|int|uint)(8|16|32|64)|bool")) {
      throw UnsupportedKeras.value(input, "dtype", type, "a type of numbers, such as float32");
    }
    for (String flag : List.of("ragged", "optional")) {
      Object value = input.config().getOrDefault(flag, false);
      if (!Boolean.FALSE.equals(value)) {
        throw UnsupportedKeras.value(input, flag, value, "false");
      }
    }
  }

  /** Requires float32 or no type, given as a name or as a policy of that name. */
  static void requireFloat32(Object owner, @Nullable Object dtype) {
    Object name =
        dtype instanceof Map<?, ?> policy ? Json.map(policy.get("config")).get("name") : dtype;
    if (name != null && !name.equals("float32")) {
      throw UnsupportedKeras.value(owner, "dtype", name, "float32");
    }
  }
}
