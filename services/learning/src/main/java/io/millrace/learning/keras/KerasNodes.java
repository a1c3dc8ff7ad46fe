package io.millrace.learning.keras;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tensors that a layer is called with, from its {@code inbound_nodes}.
 *
 * <p>Keras 3 writes a call as {@code {"args": [...], "kwargs": {...}}} with an object for each
 * tensor, Keras 2 as a list of {@code ["layer", node, tensor, {kwargs}]}. Other arguments than
 * tensors change what the layer computes, and are refused.
 */
final class KerasNodes {
  private final String layer;
  private final boolean isOperation;
  private final List<String> inputs = new ArrayList<>();

  private KerasNodes(String layer, boolean isOperation) {
    this.layer = layer;
    this.isOperation = isOperation;
  }

  /**
   * Returns the names of the layers that one reads; empty if it is not called.
   *
   * @param isOperation whether it is an operation such as {@code a + b}, whose tensors are separate
   *     arguments
   */
  static List<String> inputs(String layer, boolean isOperation, @Nullable Object inboundNodes) {
    List<?> nodes = Json.list(inboundNodes);
    if (nodes.size() > 1) {
      throw UnsupportedKeras.architecture(
          "uses " + layer + " more than once; give each use a layer of its own");
    }
    KerasNodes reader = new KerasNodes(layer, isOperation);
    nodes.forEach(reader::addCall);
    return reader.inputs;
  }

  /** Reads {@code ["dense", 0, 0]}: the layer, its use, and the index of its output. */
  static String reference(String reader, List<?> history) {
    String name = history.isEmpty() ? "" : Json.text(history.get(0));
    boolean isFirst =
        history.size() >= 3 && Json.same(0, history.get(1)) && Json.same(0, history.get(2));
    if (name.isEmpty() || !isFirst) {
      throw UnsupportedKeras.architecture(
          "has "
              + reader
              + " that reads "
              + history.subList(0, Math.min(3, history.size()))
              + "; allowed: the first use of a layer and its first output, [name, 0, 0]");
    }
    return name;
  }

  private void addCall(Object node) {
    if (node instanceof List<?> tensors) {
      tensors.forEach(this::addKeras2);
      return;
    }
    Map<String, Object> call = Json.map(node);
    List<?> arguments = Json.list(call.get("args"));
    if (!isOperation && arguments.size() != 1) {
      throw refused("calls", arguments.size() + " arguments", "one: a tensor or a list of tensors");
    }
    arguments.forEach(this::addKeras3);
    Json.map(call.get("kwargs")).forEach(this::requireNothing);
  }

  private void addKeras2(Object tensor) {
    List<?> history = Json.list(tensor);
    inputs.add(reference(layer, history));
    if (history.size() > 3) {
      Json.map(history.get(3))
          .forEach(
              (key, value) -> {
                if (value != null) {
                  throw refused("calls", key + ": " + Json.written(value), "tensors alone");
                }
              });
    }
  }

  /** Adds the tensors of an argument, which may be a list of them. */
  private void addKeras3(Object argument) {
    if (argument instanceof List<?> tensors) {
      tensors.forEach(this::addKeras3);
      return;
    }
    Map<String, Object> tensor = Json.map(argument);
    if (!Json.text(tensor.get("class_name")).equals("__keras_tensor__")) {
      throw refused("calls", "the argument " + Json.written(argument), "tensors alone");
    }
    inputs.add(reference(layer, Json.list(Json.map(tensor.get("config")).get("keras_history"))));
  }

  /**
   * Refuses arguments besides tensors. Keras 3 writes {@code training: false} for every call of a
   * built model and replaces it when the model runs.
   */
  private void requireNothing(String key, @Nullable Object value) {
    boolean isNoted = key.equals("training") && Boolean.FALSE.equals(value);
    if (value != null && !isNoted) {
      throw refused("calls", key + ": " + Json.written(value), "tensors alone");
    }
  }

  private RuntimeException refused(String verb, String what, String allowed) {
    return UnsupportedKeras.architecture(
        verb + " " + layer + " with " + what + "; allowed: " + allowed);
  }
}
