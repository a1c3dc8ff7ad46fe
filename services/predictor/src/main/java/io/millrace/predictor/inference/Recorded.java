package io.millrace.predictor.inference;

import com.google.protobuf.ByteString;
import io.millrace.predictor.following.ModelSignature.Input;
import io.millrace.predictor.following.ModelSignature.Output;
import io.millrace.predictor.following.Slot;
import io.millrace.predictor.predictionlog.RecordedCall;
import io.millrace.predictor.requests.BoundTensor;
import io.millrace.predictor.requests.InferenceCall;
import io.millrace.predictor.requests.Ranking;
import io.millrace.proto.inference.InferTensorContents;
import io.millrace.proto.inference.ModelInferResponse;
import io.millrace.proto.predictions.v1.Prediction;
import io.millrace.proto.records.v1.NamedValues;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An answered call for the prediction log. It holds the request and the answer without copying
 * them. The writing thread copies the values, once for all rows.
 */
public final class Recorded implements RecordedCall {
  private final InferenceCall call;
  private final ModelInferResponse response;
  private final Prediction.Role role;
  private final long timeMillis;
  private float @Nullable [][] inputs;

  public Recorded(
      InferenceCall call, ModelInferResponse response, Prediction.Role role, long timeMillis) {
    this.call = call;
    this.response = response;
    this.role = role;
    this.timeMillis = timeMillis;
  }

  @Override
  public String id() {
    return call.id();
  }

  @Override
  public int rows() {
    return call.rows();
  }

  @Override
  public Prediction prediction(int row) {
    Prediction.Builder prediction =
        Prediction.newBuilder()
            .setId(call.id())
            .setRow(row)
            .setModel(call.model().name())
            .setVersion(call.model().version())
            .setRole(role)
            .setTimeMillis(timeMillis);
    addInputs(prediction, row);
    for (int i = 0; i < call.outputs().size(); i++) {
      prediction.addOutputs(output(i, row));
    }
    return prediction.build();
  }

  private void addInputs(Prediction.Builder prediction, int row) {
    List<Input> described = call.model().signature().inputs();
    float[][] values = values(described);
    for (int i = 0; i < described.size(); i++) {
      Input input = described.get(i);
      Slot slot = call.model().signature().slots(input.name()).get(0);
      NamedValues.Builder named = NamedValues.newBuilder().setName(input.name());
      for (int element = 0; element < input.width(); element++) {
        named.addValues(values[i][row * input.cellWidth() + slot.cell(element)]);
      }
      prediction.addInputs(named);
    }
  }

  private float[][] values(List<Input> described) {
    if (inputs == null) {
      inputs = new float[described.size()][];
      for (int i = 0; i < inputs.length; i++) {
        inputs[i] = new float[call.rows() * described.get(i).cellWidth()];
      }
      for (BoundTensor tensor : call.inputs()) {
        int input = tensor.slot().input();
        int width = described.get(input).cellWidth();
        tensor.copyTo(inputs[input], width, 0, call.rows());
      }
    }
    return inputs;
  }

  private Prediction.Output output(int index, int row) {
    Output described = call.outputs().get(index);
    Prediction.Output.Builder output = Prediction.Output.newBuilder().setName(described.name());
    if (described.ranked() > 0) {
      String likeliest = text(index, row * described.ranked());
      return output.setClassName(Ranking.label(likeliest)).build();
    }
    if (described.isClass()) {
      return output.setClassName(text(index, row)).build();
    }
    int first = row * described.width();
    for (int at = first; at < first + described.width(); at++) {
      output.addValues(number(index, at));
    }
    return output.build();
  }

  private float number(int output, int at) {
    return call.raw() ? raw(output).getFloat(at * Float.BYTES) : typed(output).getFp32Contents(at);
  }

  /** Returns a text. In raw contents, every text follows its length. */
  private String text(int output, int at) {
    if (!call.raw()) {
      return typed(output).getBytesContents(at).toStringUtf8();
    }
    ByteBuffer texts = raw(output);
    for (int before = 0; before < at; before++) {
      int length = texts.getInt();
      texts.position(texts.position() + length);
    }
    int length = texts.getInt();
    return ByteString.copyFrom(texts, length).toStringUtf8();
  }

  private ByteBuffer raw(int output) {
    return response
        .getRawOutputContents(output)
        .asReadOnlyByteBuffer()
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  private InferTensorContents typed(int output) {
    return response.getOutputs(output).getContents();
  }
}
