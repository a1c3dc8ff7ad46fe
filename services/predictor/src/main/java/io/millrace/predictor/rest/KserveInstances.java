package io.millrace.predictor.rest;

import io.millrace.predictor.following.InputTensor;
import io.millrace.predictor.following.ServedModel;
import io.millrace.predictor.requests.FieldValues;
import io.millrace.predictor.requests.Shortened;
import io.millrace.predictor.requests.TensorDataType;
import io.millrace.proto.inference.ModelInferRequest;
import io.millrace.proto.inference.ModelInferRequest.InferInputTensor;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the instances of a KServe V1 request. An instance is an object by field or by input, or a
 * list: of the values of the model's only input, or of one item per input.
 *
 * <p>Used once. Throws if the body cannot be read. It does not check whether the request fits the
 * model.
 */
public final class KserveInstances {
  private final ServedModel model;
  private final JsonReader json;
  private final Map<String, Column> columns = new LinkedHashMap<>();
  private int rows;

  private KserveInstances(byte[] body, ServedModel model) throws IOException {
    this.model = model;
    this.json = new JsonReader(body, body.length);
  }

  /** Returns the same rows as a V2 request. */
  public static ModelInferRequest read(byte[] body, ServedModel model) throws IOException {
    return new KserveInstances(body, model).read();
  }

  private ModelInferRequest read() throws IOException {
    json.object(this::readMember);
    json.end();
    if (rows == 0) {
      throw json.problem("there are no instances; expected one or more");
    }
    ModelInferRequest.Builder request = ModelInferRequest.newBuilder().setModelName(model.name());
    columns.forEach((name, column) -> column.addTo(request, name, rows));
    return request.build();
  }

  private void readMember(String name) throws IOException {
    if (!name.equals("instances")) {
      throw json.problem("a request has no member '%s'".formatted(Shortened.of(name)));
    }
    json.list(this::readRow);
  }

  private void readRow() throws IOException {
    if (json.isObject()) {
      json.object(name -> column(name).read(json, rows));
    } else {
      readListOfInputs();
    }
    for (Map.Entry<String, Column> column : columns.entrySet()) {
      if (column.getValue().rows != rows + 1) {
        throw json.problem(
            "instance %d has no '%s'; expected the same fields in each, null for no value"
                .formatted(rows, Shortened.of(column.getKey())));
      }
    }
    rows++;
  }

  private void readListOfInputs() throws IOException {
    List<InputTensor> inputs = model.signature().inputTensors();
    if (inputs.size() == 1) {
      column(inputs.get(0).name()).read(json, rows);
      return;
    }
    int[] next = {0};
    json.list(
        () -> {
          if (next[0] == inputs.size()) {
            throw json.problem("expected an item for each of %d inputs".formatted(inputs.size()));
          }
          column(inputs.get(next[0]++).name()).read(json, rows);
        });
  }

  private Column column(String name) throws IOException {
    Column column = columns.get(name);
    if (column == null && rows > 0) {
      throw json.problem(
          "instance %d has '%s', which those before have not; expected the same fields in each"
              .formatted(rows, Shortened.of(name)));
    }
    if (column == null) {
      boolean texts =
          model.signature().slots(name).stream()
              .anyMatch(slot -> slot.form() != null && slot.form().isText());
      column = new Column(texts);
      columns.put(name, column);
    }
    return column;
  }

  /** The values of one field or input in all rows. */
  private static final class Column {
    private final boolean isText;
    private final JsonElements elements = new JsonElements();

    /** The same values as texts, for a field of texts: numbers keep all their digits. */
    private final JsonElements written = new JsonElements();

    private int width;
    private int rows;

    /**
     * @param isText whether the field takes texts
     */
    Column(boolean isText) {
      this.isText = isText;
    }

    void read(JsonReader json, int row) throws IOException {
      int before = elements.size();
      if (json.isList()) {
        elements.readList(json);
      } else {
        readElement(json);
      }
      int count = elements.size() - before;
      width = row == 0 ? count : width;
      if (count != width || rows != row || !elements.nesting().isEven()) {
        throw json.problem(
            "instance %d has %d values there; expected %d, as in the first, and once"
                .formatted(row, count, width));
      }
      rows++;
    }

    private void readElement(JsonReader json) throws IOException {
      if (isText) {
        written.readText(json);
      }
      elements.read(json);
    }

    void addTo(ModelInferRequest.Builder request, String name, int rowCount) {
      boolean asTexts = elements.hasTexts() || written.size() > 0;
      InferInputTensor.Builder tensor =
          InferInputTensor.newBuilder()
              .setName(name)
              .setDatatype(asTexts ? FieldValues.BYTES : TensorDataType.FP64.name())
              .addShape(rowCount);
      JsonElements texts = written.size() > 0 ? written : elements;
      request
          .addInputs(width == 1 ? tensor : tensor.addShape(width))
          .addRawInputContents(
              asTexts ? texts.rawTexts() : elements.rawNumbers(TensorDataType.FP64));
    }
  }
}
