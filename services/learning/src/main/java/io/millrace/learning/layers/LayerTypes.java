package io.millrace.learning.layers;

import io.millrace.settings.Registry;
import io.millrace.settings.Section;
import java.util.List;
import java.util.function.Function;

/** The layers by Keras' names, in snake case. */
public final class LayerTypes {
  private static final Registry<Function<Section, Layer>> BY_NAME =
      new Registry<>("type", "what the layer does", "flatten");

  static {
    BY_NAME.put("activation", ActivationLayer::read);
    BY_NAME.put("add", section -> new Sum());
    BY_NAME.put("batch_normalization", BatchNormalization::read);
    BY_NAME.put("bidirectional", Bidirectional::read);
    BY_NAME.put("concatenate", Concatenate::read);
    BY_NAME.put("conv1d", section -> Convolution.read(section, 1));
    BY_NAME.put("conv2d", section -> Convolution.read(section, 2));
    BY_NAME.put("dense", Dense::read);
    BY_NAME.put("depthwise_conv2d", DepthwiseConvolution::read);
    BY_NAME.put("dropout", Dropout::read);
    BY_NAME.put("embedding", Embedding::read);
    BY_NAME.put("flatten", section -> new Flatten());
    BY_NAME.put("gaussian_noise", GaussianNoise::read);
    BY_NAME.put("gru", Gru::read);
    BY_NAME.put("layer_normalization", LayerNormalization::read);
    BY_NAME.put("leaky_relu", LeakyReluLayer::read);
    BY_NAME.put("lstm", Lstm::read);
    BY_NAME.put("multiply", section -> new Product());
    BY_NAME.put("reshape", Reshape::read);
    BY_NAME.put("separable_conv1d", section -> SeparableConvolution.read(section, 1));
    BY_NAME.put("separable_conv2d", section -> SeparableConvolution.read(section, 2));
    putPooling("max_pooling", Pooling.Kind.MAXIMUM);
    putPooling("average_pooling", Pooling.Kind.AVERAGE);
  }

  private LayerTypes() {}

  private static void putPooling(String name, Pooling.Kind kind) {
    for (int axes = 1; axes <= 2; axes++) {
      int count = axes;
      BY_NAME.put(name + axes + "d", section -> Pooling.read(section, kind, count));
      BY_NAME.put(
          "global_" + name + axes + "d", section -> GlobalPooling.read(section, kind, count));
    }
  }

  /** Returns the names, sorted. */
  public static List<String> names() {
    return BY_NAME.names();
  }

  /** Reads a layer from a section with its {@code type} and options. */
  public static Layer read(Section section) {
    return BY_NAME.reader(section).apply(section);
  }
}
