package io.millrace.predictor.requests;

import com.google.protobuf.ByteString;
import io.millrace.learning.features.RawForm;
import io.millrace.predictor.following.ModelSignature;
import io.millrace.predictor.following.ModelSignature.Input;
import io.millrace.predictor.following.ServedModel;
import io.millrace.predictor.following.Slot;
import io.millrace.proto.inference.InferTensorContents;
import io.millrace.proto.inference.ModelInferRequest;
import io.millrace.proto.inference.ModelInferRequest.InferInputTensor;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Validates one request against its model's signature: names, shapes, data types and sizes. Numbers
 * are validated later, when they are copied.
 *
 * <p>Used once, on the request's event loop.
 */
public final class RequestReader {
  private final ServedModel model;
  private final ModelSignature signature;
  private final ModelInferRequest request;
  private final boolean raw;
  private final List<BoundTensor> inputs;
  private final BitSet covered;
  private final RequestedOutputs outputs;
  private int rows;

  private RequestReader(ServedModel model, ModelInferRequest request) {
    this.model = model;
    this.signature = model.signature();
    this.request = request;
    this.raw = request.getRawInputContentsCount() > 0;
    this.inputs = new ArrayList<>(request.getInputsCount());
    this.covered = new BitSet(signature.totalWidth());
    this.outputs = new RequestedOutputs(model, request.getOutputsList());
  }

  public static Reading read(ServedModel model, ModelInferRequest request) {
    RequestReader reader = new RequestReader(model, request);
    String problem = reader.problem();
    return problem == null ? reader.call() : Refusal.invalid(problem);
  }

  private InferenceCall call() {
    return new InferenceCall(
        model, request.getId(), raw, rows, inputs, outputs.chosen(), Scheduling.of(request));
  }

  private @Nullable String problem() {
    int count = request.getInputsCount();
    if (raw && request.getRawInputContentsCount() != count) {
      return "the request has %d raw_input_contents for %d inputs; expected one for each"
          .formatted(request.getRawInputContentsCount(), count);
    }
    String problem = RequestParameters.problem(request);
    for (int i = 0; problem == null && i < count; i++) {
      problem = bind(i, request.getInputs(i));
    }
    problem = problem == null ? missingInput() : problem;
    return problem == null ? outputs.problem() : problem;
  }

  private @Nullable String bind(int index, InferInputTensor tensor) {
    List<Slot> slots = signature.slots(tensor.getName());
    if (slots.isEmpty()) {
      return "input '%s' is unknown; model '%s' expects %s"
          .formatted(name(tensor), model.name(), expectedInputs());
    }
    boolean texts =
        tensor.getDatatype().equals(FieldValues.BYTES) && slots.stream().anyMatch(Slot::takesTexts);
    String problem = RequestParameters.problem(tensor);
    for (int i = 0; problem == null && i < slots.size(); i++) {
      Slot slot = slots.get(i);
      problem =
          texts && slot.form() != null
              ? bindTexts(index, tensor, slot, slot.form())
              : bindNumbers(index, tensor, slot);
    }
    return problem;
  }

  private @Nullable String bindNumbers(int index, InferInputTensor tensor, Slot slot) {
    TensorDataType type = TensorDataType.named(tensor.getDatatype());
    if (type == null) {
      return "input '%s' has datatype '%s'; expected numbers such as FP32, FP64, INT32 or INT64"
          .formatted(name(tensor), Shortened.of(tensor.getDatatype()));
    }
    if (slot.form() != null && slot.form().isText() && !fits(tensor, slot.width())) {
      return bindWritten(index, tensor, slot, type);
    }
    String problem = bindShape(tensor, slot.width());
    return problem == null ? bindContents(index, tensor, slot, type) : problem;
  }

  private @Nullable String bindShape(InferInputTensor tensor, int width) {
    if (!fits(tensor, width)) {
      return "input '%s' has shape %s; expected [rows, %d]%s"
          .formatted(name(tensor), shape(tensor), width, width == 1 ? " or [rows]" : "");
    }
    long tensorRows = tensor.getShape(0);
    int maxRows = model.computation().rows().capacity();
    if (tensorRows < 1 || tensorRows > maxRows) {
      return "input '%s' has shape %s; expected 1 to %d rows"
          .formatted(name(tensor), shape(tensor), maxRows);
    }
    if (rows != 0 && rows != tensorRows) {
      return "input '%s' has %d rows; expected %d as in input '%s'"
          .formatted(name(tensor), tensorRows, rows, name(request.getInputs(0)));
    }
    rows = (int) tensorRows;
    return null;
  }

  private @Nullable String bindContents(
      int index, InferInputTensor tensor, Slot slot, TensorDataType type) {
    ByteString rawContents = raw ? request.getRawInputContents(index) : null;
    int elements = rows * slot.width();
    String problem = TensorContents.problem(tensor, rawContents, type, elements);
    return problem == null ? add(tensor, slot, slot, type, rawContents) : problem;
  }

  /** Binds texts. They become cells here and are numbers like others from then on. */
  private @Nullable String bindTexts(int index, InferInputTensor tensor, Slot slot, RawForm form) {
    String problem = bindShape(tensor, 1);
    if (problem != null) {
      return problem;
    }
    FieldValues values = new FieldValues(tensor, form, rows);
    problem = values.read(raw ? request.getRawInputContents(index) : null);
    return problem == null
        ? add(tensor, slot, slot.ofCells(form), TensorDataType.FP32, values.cells())
        : problem;
  }

  /**
   * Binds the numbers of a field of names or times as texts. The field's cells may be sent instead.
   */
  private @Nullable String bindWritten(
      int index, InferInputTensor tensor, Slot slot, TensorDataType type) {
    if (slot.form() == null || !fits(tensor, 1)) {
      return "input '%s' has datatype %s and shape %s; expected BYTES or numbers of shape [rows]"
          .formatted(name(tensor), type, shape(tensor));
    }
    String problem = bindShape(tensor, 1);
    if (problem != null) {
      return problem;
    }
    FieldValues values = new FieldValues(tensor, slot.form(), rows);
    problem = values.readNumbers(type, raw ? request.getRawInputContents(index) : null);
    return problem == null
        ? add(tensor, slot, slot.ofCells(slot.form()), TensorDataType.FP32, values.cells())
        : problem;
  }

  private @Nullable String add(
      InferInputTensor tensor,
      Slot slot,
      Slot written,
      TensorDataType type,
      @Nullable ByteString rawContents) {
    int end = slot.position() + slot.width();
    int taken = covered.nextSetBit(slot.position());
    if (taken >= 0 && taken < end) {
      return "input '%s' gives column '%s' a second time; expected every column once"
          .formatted(name(tensor), signature.columnName(taken));
    }
    covered.set(slot.position(), end);
    inputs.add(new BoundTensor(tensor.getName(), written, type, rawContents, tensor.getContents()));
    return null;
  }

  private @Nullable String missingInput() {
    if (rows > 0) {
      signature.optionalSlots().forEach(this::leaveOut);
    }
    int missing = covered.nextClearBit(0);
    return missing >= signature.totalWidth()
        ? null
        : "input '%s' is missing; model '%s' expects %s"
            .formatted(signature.columnName(missing), model.name(), expectedInputs());
  }

  /** A field that may be missing and was not sent is missing in every row. */
  private void leaveOut(Slot slot) {
    int taken = covered.nextSetBit(slot.position());
    int end = slot.position() + slot.width();
    if (slot.form() != null && (taken < 0 || taken >= end)) {
      covered.set(slot.position(), end);
      inputs.add(
          new BoundTensor(
              signature.columnName(slot.position()),
              slot.ofCells(slot.form()),
              TensorDataType.FP32,
              FieldValues.missing(slot.form(), rows),
              InferTensorContents.getDefaultInstance()));
    }
  }

  /**
   * Returns whether a tensor is {@code [rows, ...]} with {@code width} numbers per row, or {@code
   * [rows]} for a width of 1.
   */
  private static boolean fits(InferInputTensor tensor, int width) {
    int dimensions = tensor.getShapeCount();
    long product = 1;
    for (int i = 1; i < dimensions && product <= width; i++) {
      long size = tensor.getShape(i);
      product = size < 1 || size > width ? Long.MAX_VALUE : product * size;
    }
    return product == width && dimensions > 0;
  }

  private static String name(InferInputTensor tensor) {
    return Shortened.of(tensor.getName());
  }

  private static String shape(InferInputTensor tensor) {
    return Shortened.of(tensor.getShapeList());
  }

  private String expectedInputs() {
    return signature.inputs().stream().map(Input::toString).collect(Collectors.joining(" and "));
  }
}
